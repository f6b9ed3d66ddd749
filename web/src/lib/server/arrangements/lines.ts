import { mostOnPage } from '@samkraft/contracts'
import {
  agreeingStatuses,
  type ArrangementItem,
  type ArrangementSummary,
  type ListArrangements,
  type WorklistItem,
} from '@samkraft/contracts/arrangements'
import { arrangementTitle, listedShort, statusKinds, statusWords } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import { competenceNames } from '../competence-names.ts'
import { ifAnswered } from '../refusal.ts'
import { wholeOf } from '../whole-of.ts'
import { deadlineSaid, endingSaid, holderSaid, whySaid } from './said.ts'

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** As many as one looks through beside what they are about. */
const most = 20

/** An arrangement in one line: what it is, where it stands and who holds it, or when it ends before what was agreed. */
export function arrangementLine(
  arrangement: ArrangementSummary,
  nameOf: (competence: string) => string,
  ownId: string | undefined,
) {
  const { id, holder, status } = arrangement
  return {
    id,
    href: paths.arrangement(id),
    title: arrangementTitle(nameOf(arrangement.competence), arrangement),
    status: statusWords[status](),
    kind: statusKinds[status],
    text: holder
      ? [holderSaid(holder, ownId), deadlineSaid(holder)].filter(Boolean).join(', ')
      : (endingSaid(arrangement) ?? ''),
  }
}

/** One that no longer waits for anybody: what came of it, when, and why. */
export function settledLine(arrangement: ArrangementSummary, nameOf: (competence: string) => string) {
  const text = [whySaid(arrangement), format.dateOf(arrangement.updatedAt)].filter(Boolean).join(' · ')
  return { ...arrangementLine(arrangement, nameOf, undefined), text }
}

/** One that the coordinator wanted to follow up by now: since which day, and why. */
export function followUpLine(item: WorklistItem, nameOf: (competence: string) => string) {
  const text = [m.follow_up_since({ date: item.followUpDate ?? '' }), item.followUpNote].filter(Boolean).join(' · ')
  return { ...arrangementLine(item, nameOf, undefined), text }
}

/** The own organisation's arrangements about an offer or a request, as its page shows them. */
export type ArrangementsAbout = Readonly<{
  lines: readonly ReturnType<typeof arrangementLine>[]
  /** By offer and by request, where one is being agreed on: nobody proposes it a second time by mistake. */
  agreeingOn: ReadonlyMap<string, string>
}>

type About = Pick<ListArrangements, 'offerIds' | 'requestIds'>

/** Those that are being agreed on, settled or running, newest first. While arrangements are away there is none to show. */
export async function arrangementsAbout(
  { services, actor }: Locals,
  about: { offerId: string } | { requestId: string },
): Promise<ArrangementsAbout> {
  const asked = 'offerId' in about ? { offerIds: [about.offerId] } : { requestIds: [about.requestId] }
  const known = await ifAnswered(async () => {
    const [nameOf, { items }] = await Promise.all([
      competenceNames(services),
      standing(services, { ...asked, limit: most }),
    ])
    return {
      lines: items.map((arrangement) => arrangementLine(arrangement, nameOf, actor?.organisationId)),
      agreeingOn: agreeingOn(items),
    }
  })
  return known ?? { lines: [], agreeingOn: new Map() }
}

/** The `agreeingOn` of each of these offers that anything is being agreed on about. While arrangements are away there is none. */
export async function agreeingOnOffers(
  { services: { arrangements } }: Pick<Locals, 'services'>,
  offerIds: readonly string[],
): Promise<ReadonlyMap<string, ArrangementsAbout['agreeingOn']>> {
  if (offerIds.length === 0) return new Map()
  const asked = { offerIds: [...offerIds], statuses: [...agreeingStatuses], limit: mostOnPage }
  const items = await ifAnswered(() => wholeOf((cursor) => arrangements.arrangement.list.query({ ...asked, cursor })))
  const perOffer = Map.groupBy(items ?? [], ({ offerId }) => offerId)
  return new Map([...perOffer].map(([offerId, about]) => [offerId, agreeingOn(about)]))
}

function agreeingOn(items: readonly ArrangementItem[]): ArrangementsAbout['agreeingOn'] {
  const open = items.filter(({ status }) => agreeingStatuses.some((one) => one === status))
  return new Map(
    open.flatMap(({ id, offerId, requestIds }) => [offerId, ...requestIds].map((key) => [key, paths.arrangement(id)])),
  )
}

/** An arrangement beside the own offer or request that it is about: with whom, and where it stands. */
export type ArrangementBeside = Readonly<{
  id: string
  href: string
  title: string
  status: string
  kind: (typeof statusKinds)[keyof typeof statusKinds]
}>

/** As `arrangementsAbout`, for a whole page of own offers or own requests, by the id of each. */
export async function arrangementsBeside(
  { services, actor }: Locals,
  about: About,
): Promise<ReadonlyMap<string, readonly ArrangementBeside[]>> {
  const whole = () => wholeOf((cursor) => standing(services, { ...about, limit: mostOnPage, cursor }))
  const items = (await ifAnswered(whole)) ?? []
  const beside = new Map<string, ArrangementBeside[]>()
  for (const { id, status, lender, borrowers, offerId, requestIds, hoursPerWeek } of items) {
    const others = [lender, ...borrowers].filter((party) => party.id !== actor?.organisationId)
    const organisations = listedShort(others.map(({ shortName }) => shortName))
    // Of what several borrowers share, one of them sees no hours here: they are all of theirs.
    const isWhole = lender.id === actor?.organisationId || borrowers.length === 1
    const hours = isWhole ? format.hours(hoursPerWeek) : ''
    const title = [m.mine_arrangement({ organisations }), hours].filter(Boolean).join(', ')
    const one = { id, href: paths.arrangement(id), title, status: statusWords[status](), kind: statusKinds[status] }
    for (const key of [offerId, ...requestIds]) beside.set(key, [...(beside.get(key) ?? []), one])
  }
  return beside
}

function standing(
  { arrangements }: Locals['services'],
  asked: About & Readonly<{ limit: number; cursor?: string | undefined }>,
) {
  return arrangements.arrangement.list.query({ ...asked, statuses: [...agreeingStatuses, 'approved', 'active'] })
}
