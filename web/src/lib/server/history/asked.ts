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
  const values: Asked['values'] = Object.fromEntries(
    names.map((name) => [name, typed(name)]).filter(([, value]) => value !== ''),
  )
  const days = { fran: dayIn(typed('fran')), till: dayIn(typed('till')) }
  const wrong = (['fran', 'till'] as const).filter((name) => typed(name) !== '' && days[name] === undefined)
  const only = areas.find((area): area is Area => area === typed('del'))
  const subject = Id.safeParse(typed('om'))
  return {
    query: {
      areas: only ? [only] : areas,
      subjectId: subject.success ? subject.data : undefined,
      from: days.fran,
      to: days.till,
      cursor: typed('efter') || undefined,
    },
    values,
    state: {
      action: '',
      values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]])),
      errors: wrong.map((field) => ({
        field,
        label: labels[field](),
        text: misfitSentence({ code: 'date.invalid', details: {} }),
      })),
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
