import { assertPolicies } from '@samkraft/http'
import { matchingPermissions } from '@samkraft/contracts/matching'
import { expect } from 'vitest'
import { router } from '../src/api/router.ts'
import { rules } from '../src/domain/rules.ts'
import { id, kungsor, norberg, region, springTerm, vasteras } from './builders.ts'
import { test } from './feed.ts'

const [offerId, requestId] = [id(1), id(2)]
const elsewhere = { ...region, organisationId: id(20) }

test.beforeEach(async ({ feed }) => {
  for (const owner of [vasteras, norberg, kungsor, region]) await feed.organisation(owner)
  await feed.organisation(elsewhere, '20')
  await feed.offer(vasteras, { offerId })
  await feed.request(norberg, { requestId })
  await feed.match()
})

const notFound = (code: string) => expect.objectContaining({ code: 'NOT_FOUND', message: code })

test('every procedure has a policy, and every policy a procedure', () => {
  expect(() => assertPolicies(router, matchingPermissions)).not.toThrow()
})

test('the owner of a request and the coordinator of its county see its matches; for others it is not found', async ({
  feed,
}) => {
  const input = { requestId }
  expect((await feed.as(norberg).match.forRequest(input)).groups.full).toHaveLength(1)
  expect((await feed.as(region, ['coordinator']).match.forRequest(input)).groups.full).toHaveLength(1)
  const refused = notFound('request.not_found')
  await expect(feed.as(kungsor).match.forRequest(input)).rejects.toEqual(refused)
  await expect(feed.as(vasteras).match.forRequest(input)).rejects.toEqual(refused)
  await expect(feed.as(region, ['officer']).match.forRequest(input)).rejects.toEqual(refused)
  await expect(feed.as(elsewhere, ['coordinator']).match.forRequest(input)).rejects.toEqual(refused)
  await expect(feed.as(norberg).match.forRequest({ requestId: id(999) })).rejects.toEqual(refused)
})

test('both sides of a match and the coordinator can read it, nobody else', async ({ feed }) => {
  const pair = { requestId, offerId }
  for (const reader of [feed.as(norberg), feed.as(vasteras), feed.as(region, ['coordinator'])])
    expect(await reader.match.get(pair)).toMatchObject({ offer: { offerId }, request: { requestId }, group: 'full' })
  await expect(feed.as(kungsor).match.get(pair)).rejects.toEqual(notFound('match.not_found'))
  await expect(feed.as(norberg).match.get({ ...pair, offerId: id(9) })).rejects.toEqual(notFound('match.not_found'))
})

test('only its owner sees which requests an offer would serve', async ({ feed }) => {
  expect((await feed.as(vasteras).match.forOffer({ offerId })).items).toMatchObject([{ request: { requestId } }])
  await expect(feed.as(norberg).match.forOffer({ offerId })).rejects.toEqual(notFound('offer.not_found'))
})

test('whoever offers sees how the own offers serve a request, best first, and nothing of what others offer', async ({
  feed,
}) => {
  await feed.offer(vasteras, { offerId: id(3), hoursPerWeek: 4 })
  await feed.offer(kungsor, { offerId: id(4) })
  await feed.match()
  const { items } = await feed.as(vasteras).match.ownForRequest({ requestId })
  expect(items.map(({ offer }) => offer.offerId)).toEqual([offerId, id(3)])
  expect((await feed.as(kungsor).match.ownForRequest({ requestId })).items).toMatchObject([
    { offer: { offerId: id(4) } },
  ])
  expect((await feed.as(norberg).match.ownForRequest({ requestId })).items).toEqual([])
})

test('whoever asks sees how many offers serve each of the own open requests, and nothing of what others ask for', async ({
  feed,
}) => {
  const [second, closed] = [id(201), id(202)]
  await feed.request(norberg, { requestId: second, least: 30, hoursPerWeek: 40 })
  await feed.request(norberg, { requestId: closed })
  await feed.requestWithdrawn(norberg, closed)
  await feed.offer(kungsor, { offerId: id(4) })
  const requestIds = [requestId, second, closed]
  expect((await feed.as(norberg).match.servingCounts({ requestIds: [second] })).items).toEqual([
    { requestId: second, serving: 0, more: false, computing: true },
  ])
  await feed.match()
  const { items } = await feed.as(norberg).match.servingCounts({ requestIds })
  expect(new Set(items)).toEqual(
    new Set([
      { requestId, serving: 2, more: false, computing: false },
      { requestId: second, serving: 0, more: false, computing: false },
    ]),
  )
  expect((await feed.as(kungsor).match.servingCounts({ requestIds })).items).toEqual([])
  expect((await feed.as(norberg).match.servingCounts({ requestIds: [] })).items).toEqual([])
})

test('whoever offers sees how many requests each of the own open offers serves, and nothing of what others offer', async ({
  feed,
}) => {
  const [second, closed] = [id(3), id(5)]
  await feed.offer(vasteras, { offerId: closed })
  await feed.offerWithdrawn(vasteras, closed)
  await feed.match()
  await feed.offer(vasteras, { offerId: second, hoursPerWeek: 2, slice: 2 })
  const offerIds = [offerId, second, closed]
  const counted = async (owner: typeof vasteras) =>
    new Map((await feed.as(owner).match.servedCounts({ offerIds })).items.map((item) => [item.offerId, item]))
  expect((await counted(vasteras)).get(second)).toMatchObject({ served: 0, computing: true })
  await feed.request(kungsor, { requestId: id(201) })
  await feed.match()
  expect(await counted(vasteras)).toEqual(
    new Map([
      [offerId, { offerId, served: 2, more: false, computing: false }],
      [second, { offerId: second, served: 0, more: false, computing: false }],
    ]),
  )
  expect(await counted(kungsor)).toEqual(new Map())
})

test('whoever offers is told where better offers than are kept may leave out the own one, and it is not said to fit nothing', async ({
  feed,
}) => {
  const mine = { offerId: id(3), licence: 'claimed', hoursPerWeek: 4 } as const
  await feed.offer(vasteras, mine)
  const told = async () => {
    const { items } = await feed.as(vasteras).match.servedCounts({ offerIds: [mine.offerId] })
    const listed = await feed.as(vasteras).match.forOffer({ offerId: mine.offerId })
    const own = await feed.as(vasteras).match.ownForRequest({ requestId })
    return [items[0]?.served, items[0]?.more, listed.items.length, listed.more, own.more]
  }
  await feed.match()
  expect(await told()).toEqual([1, false, 1, false, false])
  for (let number = 0; number < 50; number += 1) await feed.offer(kungsor, { offerId: id(400 + number), travelKm: 200 })
  await feed.match()
  expect(await told()).toEqual([0, true, 0, true, true])
  await feed.offerChanged(vasteras, { ...mine, mainCompetence: 'skoljurist' })
  await feed.match()
  expect((await told()).slice(0, 4)).toEqual([0, false, 0, false])
})

test('an own offer that only almost fits is not told as one that does', async ({ feed }) => {
  await feed.offer(kungsor, { offerId: id(4), hoursPerWeek: 2, slice: 2 })
  await feed.match()
  expect((await feed.as(norberg).match.forRequest({ requestId })).groups.near).toHaveLength(1)
  expect((await feed.as(kungsor).match.ownForRequest({ requestId })).items).toEqual([])
})

test('the requests an offer would serve come best first, page by page, each once', async ({ feed }) => {
  for (let number = 0; number < 7; number += 1) {
    const place = number % 2 ? 'remote' : 'on_site'
    await feed.request(number % 3 ? norberg : kungsor, { requestId: id(200 + number), place })
  }
  await feed.request(kungsor, { requestId: id(300), least: 30, hoursPerWeek: 40 })
  await feed.match()
  const found: [number, string][] = []
  let cursor: string | undefined
  do {
    const page = await feed.as(vasteras).match.forOffer({ offerId, limit: 3, cursor })
    found.push(...page.items.map(({ score, request }): [number, string] => [score, request.requestId]))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(found).toHaveLength(8)
  // What came last stands on the last page, and the first tells when: opening it is having looked.
  const first = await feed.as(vasteras).match.forOffer({ offerId, limit: 1 })
  await feed.requestChanged(kungsor, { requestId: id(204), place: 'remote', least: 2 })
  await feed.match()
  const { items, newest } = await feed.as(vasteras).match.forOffer({ offerId, limit: 1 })
  expect(items).toEqual(first.items)
  expect(Date.parse(newest ?? '')).toBeGreaterThan(Date.parse(first.newest ?? ''))
  expect(found).toEqual(found.toSorted(([a, x], [b, y]) => b - a || (x < y ? -1 : 1)))
  await expect(feed.as(vasteras).match.forOffer({ offerId, cursor: 'nonsense' })).rejects.toMatchObject({
    message: 'page.cursor_invalid',
  })
})

test('new matches are something to do for both sides, until they have looked', async ({ feed, admin }) => {
  const news = { newMatches: 1, bestScore: 92, bestGroup: 'full', since: expect.any(String) }
  expect((await feed.as(norberg).task.list()).items).toEqual([
    { kind: 'request_has_matches', request: expect.objectContaining({ requestId }), ...news },
  ])
  expect((await feed.as(vasteras).task.list()).items).toEqual([
    { kind: 'offer_fits_requests', offer: expect.objectContaining({ offerId }), ...news },
  ])
  const seen = { commandKey: id(501), subject: 'request', id: requestId } as const
  const first = await feed.as(norberg).match.seen(seen)
  expect(await feed.as(norberg).match.seen(seen)).toEqual(first)
  expect((await feed.as(norberg).task.list()).items).toEqual([])
  expect((await feed.as(vasteras).task.list()).items).toHaveLength(1)

  await feed.offerChanged(vasteras, { offerId, licence: 'claimed' })
  await feed.match()
  expect((await feed.as(norberg).task.list()).items).toEqual([])
  await feed.offer(kungsor, { offerId: id(5) })
  await feed.match()
  expect((await feed.as(norberg).task.list()).items).toMatchObject([{ newMatches: 1 }])
  expect(await admin.selectFrom('seen').select('organisation_id').execute()).toEqual([
    { organisation_id: norberg.organisationId },
  ])
})

test('nobody can look in the name of another organisation', async ({ feed, db }) => {
  const seen = { commandKey: id(502), subject: 'request', id: requestId } as const
  await expect(feed.as(kungsor).match.seen(seen)).rejects.toEqual(notFound('request.not_found'))
  await expect(feed.as(norberg).match.seen({ ...seen, subject: 'offer', id: offerId })).rejects.toEqual(
    notFound('offer.not_found'),
  )
  await feed.as(norberg).match.seen(seen)
  expect(await db.selectFrom('seen').selectAll().execute()).toEqual([])
})

test('the coordinator sees the requests of the county that nobody serves, the longest open first', async ({ feed }) => {
  await feed.request(norberg, { requestId: id(10), requiredCompetences: ['skoljurist'] })
  await feed.request(kungsor, {
    requestId: id(11),
    requiredCompetences: ['neuropsykolog'],
    least: 20,
    hoursPerWeek: 24,
  })
  await feed.request(kungsor, { requestId: id(12), requiredCompetences: ['kostchef'] })
  await feed.request(elsewhere, { requestId: id(13), requiredCompetences: ['kostchef'] })
  await feed.match()
  const coordinator = feed.as(region, ['coordinator'])
  const first = await coordinator.market.unmet({ limit: 2 })
  expect(first.items).toMatchObject([
    { request: { requestId: id(10) }, nearMisses: 0, bestScore: null, askedHoursPerWeek: 8 },
    { request: { requestId: id(11) }, nearMisses: 1, bestScore: expect.any(Number), askedHoursPerWeek: 24 },
  ])
  // Friday is the last day that is asked for, though hours are kept for the whole week.
  expect(first.items[0]?.asked).toEqual(springTerm)
  const second = await coordinator.market.unmet({ limit: 2, cursor: first.next ?? undefined })
  expect(second).toMatchObject({ items: [{ request: { requestId: id(12) } }], next: null })
  await expect(feed.as(norberg, ['decider']).market.unmet({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test.for([
  { openedAt: '0000-01-01T00:00:00.000000Z', requestId },
  { openedAt: '2027-01-01T00:00:00.000000Z', requestId: 'nobody' },
  ['2027-01-01T00:00:00.000000Z', requestId],
])('a made-up cursor is refused: %j', async (key, { feed }) => {
  const cursor = Buffer.from(JSON.stringify(key)).toString('base64url')
  await expect(feed.as(region, ['coordinator']).market.unmet({ cursor })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    message: 'page.cursor_invalid',
  })
})

test('the rules that are shown are the rules that are used', async ({ feed }) => {
  expect(await feed.as(norberg).rules.get()).toEqual(rules)
})
