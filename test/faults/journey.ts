import { randomUUID } from 'node:crypto'
import type { ArrangementReceipt } from '@samkraft/contracts/arrangements'
import { weeks } from '../booking/market.ts'
import { fullOffer, fullRequest } from '../world/market.ts'
import { type System, until, untilAnswered } from './system.ts'

export const people = {
  lendingOfficer: 'handlaggare@vasteras.example',
  lendingHead: 'skolchef@vasteras.example',
  borrowingOfficer: 'handlaggare@norberg.example',
  borrowingHead: 'skolchef@norberg.example',
  coordinator: 'samordnare@regionvastmanland.example',
} as const

const firstWeek = 4
const period = weeks(firstWeek, 16)
export const offered = { ...fullOffer, segments: [{ period, hoursPerWeek: 16 }], slice: 4, confirmedUntil: null }
export const wanted = {
  ...fullRequest,
  requiredCompetences: [offered.mainCompetence],
  segments: [{ period, hoursPerWeek: 8 }],
  least: 4,
}
const yes = { decision: 'yes', delegationReference: 'Delegationsordning 4.2', noConflictOfInterest: true } as const

/** What people do one after the other, and the calendar last. */
export const acts = [
  'publish the offer',
  'publish the request',
  'find the match',
  'propose',
  'counter',
  'accept',
  'decide for the lender',
  'decide for the borrower',
  'approve',
  'come to the first day',
] as const
type Name = (typeof acts)[number]

export type Act = Readonly<{ name: Name; take: () => Promise<void> }>

/** What a journey was about, and what its people were answered. */
export type Travelled = Readonly<{
  offerId: string
  requestId: string
  arrangementId: string
  commandKeys: readonly string[]
  answers: readonly unknown[]
}>

/**
 * The main job from the offer to the first day, each act after everybody has heard of the one before. `around` is given every
 * act and has to take it; what may go wrong meanwhile is its business. Every call is made again, with its key, until it is answered.
 */
export async function travel(
  { as, books, quiet, setClock }: System,
  around: (act: Act) => Promise<void>,
): Promise<Travelled> {
  const commandKeys: string[] = []
  const answers: unknown[] = []

  async function act<Answer>(name: Name, call: (key: { commandKey: string }) => Promise<Answer>): Promise<Answer> {
    const key = { commandKey: randomUUID() }
    commandKeys.push(key.commandKey)
    const { promise, resolve } = Promise.withResolvers<Answer>()
    await around({ name, take: async () => resolve(await untilAnswered(() => call(key))) })
    await quiet()
    const answer = await promise
    answers.push({ [name]: answer })
    return answer
  }

  await setClock(0)
  const [lendingOfficer, lendingHead, borrowingOfficer, borrowingHead, coordinator] = await Promise.all([
    as(people.lendingOfficer),
    as(people.lendingHead),
    as(people.borrowingOfficer),
    as(people.borrowingHead),
    as(people.coordinator),
  ])

  const offer = await act('publish the offer', (key) =>
    lendingOfficer.marketplace.offer.publish.mutate({ ...key, details: offered }),
  )
  const request = await act('publish the request', (key) =>
    borrowingOfficer.marketplace.request.publish.mutate({ ...key, details: wanted }),
  )
  await act('find the match', async (key) => {
    const { groups } = await borrowingOfficer.matching.match.forRequest.query({ requestId: request.id })
    await borrowingOfficer.matching.match.seen.mutate({ ...key, subject: 'request', id: request.id })
    const found = groups.full.find((match) => match.offer.offerId === offer.id)
    return found && { hoursPerWeek: found.hoursPerWeek, period: found.period, km: found.km }
  })

  const terms = (hoursPerWeek: number) => ({
    shares: [{ requestId: request.id, period, hoursPerWeek }],
    place: 'hybrid' as const,
    rationale: 'Tillsammans räcker det.',
  })
  const on = ({ arrangementId, version }: ArrangementReceipt) => ({ arrangementId, version })
  const proposed = await act('propose', (key) =>
    borrowingOfficer.arrangements.arrangement.propose.mutate({ ...key, offerId: offer.id, ...terms(8) }),
  )
  const revised = await act('counter', (key) =>
    lendingHead.arrangements.arrangement.revise.mutate({ ...key, ...on(proposed), ...terms(6) }),
  )
  const accepted = await act('accept', (key) =>
    borrowingOfficer.arrangements.arrangement.accept.mutate({ ...key, ...on(revised) }),
  )
  const decided = await act('decide for the lender', (key) =>
    lendingHead.arrangements.arrangement.decide.mutate({ ...key, ...on(accepted), ...yes }),
  )
  const decidedByAll = await act('decide for the borrower', (key) =>
    borrowingHead.arrangements.arrangement.decide.mutate({ ...key, ...on(decided), ...yes }),
  )
  const { arrangementId } = await act('approve', (key) =>
    coordinator.arrangements.arrangement.approve.mutate({ ...key, ...on(decidedByAll) }),
  )
  await act('come to the first day', async () => {
    await setClock(firstWeek + 1)
    const statusOf = async () => (await books.standing('arrangement', [arrangementId])).get(arrangementId)?.status
    await until('the arrangement is active', async () => (await statusOf()) === 'active')
  })
  return { offerId: offer.id, requestId: request.id, arrangementId, commandKeys, answers }
}
