import {
  agreeingStatuses,
  type ArrangementStatus,
  arrangementStatuses,
  finalStatuses,
  ListArrangements,
  mostSoughtWords,
  SoughtWord,
} from '@samkraft/contracts/arrangements'
import { arrangementTitle, listed } from '#lib/arrangements/words.ts'
import { format } from '#lib/i18n.ts'
import { competenceNames, competencesNamed } from '../competence-names.ts'
import type { Services } from '../services.ts'
import { periodOf, sharedSaid, whySaid } from './said.ts'
import { soughtWords } from './sought-words.ts'

/** Statuses people think of together, as one filter. */
export const statusGroups = {
  'pa-gang': agreeingStatuses,
  galler: ['approved', 'active'],
  stangda: finalStatuses,
} as const satisfies Readonly<Record<string, readonly ArrangementStatus[]>>

/** The statuses a filter in an address names: one, a group of them, or all. */
export function statusesOf(named: string | null): ArrangementStatus[] | undefined {
  if (named === null) return undefined
  if (Object.hasOwn(statusGroups, named)) return [...statusGroups[named as keyof typeof statusGroups]]
  return arrangementStatuses.filter((status) => status === named)
}

/** What is looked for by its words, as the service is asked it: it knows competences by their codes alone. */
export async function soughtBy(services: Services, asked: string | null) {
  const fit = soughtWords(asked ?? '').filter((word) => SoughtWord.shape.text.safeParse(word).success)
  const words = fit.slice(0, mostSoughtWords)
  if (words.length === 0) return {}
  return {
    words: await Promise.all(
      words.map(async (text) => ({ text, competences: await competencesNamed(services, text) })),
    ),
  }
}

/** The arrangements an address asks for, in words. What does not fit in the address is left out of the question. */
export async function listPage(services: Services, { searchParams }: URL) {
  const text = (name: string) => searchParams.get(name)?.trim() || null
  const asked = { q: text('q'), lage: text('lage'), roll: text('roll'), ordning: text('ordning'), efter: text('efter') }
  const { shape } = ListArrangements
  const [page, nameOf] = await Promise.all([
    services.arrangements.arrangement.list.query({
      ...(await soughtBy(services, asked.q)),
      statuses: statusesOf(asked.lage),
      side: shape.side.safeParse(asked.roll ?? undefined).data,
      sort: shape.sort.safeParse(asked.ordning ?? undefined).data,
      cursor: asked.efter ?? undefined,
    }),
    competenceNames(services),
  ])
  return {
    asked,
    next: page.next,
    rows: page.items.map((arrangement) => ({
      id: arrangement.id,
      reference: arrangement.reference,
      title: arrangementTitle(nameOf(arrangement.competence), arrangement),
      status: arrangement.status,
      holder: arrangement.holder && listed(arrangement.holder.organisations.map(({ shortName }) => shortName)),
      since: arrangement.holder && format.dateOf(arrangement.holder.since),
      until: arrangement.holder?.until ?? null,
      overdue: arrangement.holder?.overdue ?? false,
      hours: format.number(arrangement.hoursPerWeek),
      shared: sharedSaid(arrangement),
      period: periodOf(arrangement),
      reason: whySaid(arrangement),
    })),
  }
}
