import { Id } from '@samkraft/contracts'
import { misfitSentence } from '../misfit.ts'
import type { FormState } from '#lib/form.ts'
import { parseDate } from '#lib/format/date.ts'
import { m } from '#lib/i18n.ts'
import { type Area, areas, type LogQuery } from './read-log.ts'

/** What the address of a history asks for. */
export type Asked = Readonly<{
  query: LogQuery
  /** As it was typed, by the names in the address; what is empty is left out. */
  values: Readonly<Record<string, string>>
  /** What of it could not be read, beside its field. */
  state: FormState
}>

const names = ['del', 'fran', 'till', 'om'] as const
const labels = { fran: m.filter_from, till: m.filter_to }

/** Reads the address: an area, two days, one thing, where to go on. What cannot be read filters nothing, and says so. */
export function readAsked({ searchParams }: URL): Asked {
  const typed = (name: string) => searchParams.get(name)?.trim() ?? ''
  const only = areas.find((area): area is Area => area === typed('del'))
  const subject = Id.safeParse(typed('om'))
  const values: Asked['values'] = Object.fromEntries(
    names
      .map((name) => [name, typed(name)] as const)
      .filter(([name, value]) => value !== '' && (name !== 'om' || subject.success)),
  )
  const [from, last] = [dayIn(typed('fran')), dayIn(typed('till'))]
  const isBackwards = from !== undefined && last !== undefined && last < from
  const to = isBackwards ? undefined : last
  const misfits = {
    fran: from === undefined ? 'date.invalid' : null,
    till: isBackwards ? 'period.ends_before_start' : last === undefined ? 'date.invalid' : null,
  }
  return {
    query: {
      areas: only ? [only] : areas,
      subjectId: subject.success ? subject.data : undefined,
      from,
      to,
      cursor: typed('efter') || undefined,
    },
    values,
    state: {
      action: '',
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]])),
      errors: (['fran', 'till'] as const).flatMap((field) => {
        const code = misfits[field]
        if (code === null || typed(field) === '') return []
        return { field, label: labels[field](), text: misfitSentence({ code, details: {} }) }
      }),
      problem: null,
      code: null,
      details: {},
    },
  }
}

/** A day the log could hold; years far off are typing mistakes, and the database knows no year 0. */
function dayIn(typed: string): string | undefined {
  const day = parseDate(typed)
  return day !== null && day >= '2000-01-01' && day < '2200-01-01' ? day : undefined
}
