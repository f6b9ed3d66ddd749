import { listen } from '@samkraft/db'
import { expect, vi } from 'vitest'
import { matchStale } from '../src/app/match-stale.ts'
import { startMatching } from '../src/jobs/match-worker.ts'
import { id, kungsor, norberg, vasteras } from './builders.ts'
import { feeding, log, test } from './feed.ts'

test('many workers at once compute everything, and nothing twice', async ({ feed, db }) => {
  for (const owner of [vasteras, norberg, kungsor]) await feed.organisation(owner)
  await feed.match()
  for (let number = 0; number < 20; number += 1) {
    await feed.offer(vasteras, { offerId: id(100 + number) })
    await feed.request(number % 2 ? norberg : kungsor, { requestId: id(200 + number) })
  }
  const done = await Promise.all(Array.from({ length: 6 }, () => matchStale(feed.services, log)))
  expect(done.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(40)
  const { count } = await db
    .selectFrom('match')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(400)
  expect(await feed.match()).toBe(0)
})

test('an offer and a request that are published at the same moment find each other', async ({ feed }) => {
  for (const owner of [vasteras, norberg]) await feed.organisation(owner)
  await feed.match()
  for (let round = 0; round < 20; round += 1) {
    const [offerId, requestId] = [id(100 + round), id(300 + round)]
    const competence = { mainCompetence: 'logoped', otherCompetences: [] }
    const publishOffer = async () => {
      await feed.offer(vasteras, { offerId, ...competence })
      await matchStale(feed.services, log)
    }
    const publishRequest = async () => {
      await feed.request(norberg, { requestId, requiredCompetences: ['logoped'] })
      await matchStale(feed.services, log)
    }
    await Promise.all(round % 2 ? [publishOffer(), publishRequest()] : [publishRequest(), publishOffer()])
    await feed.match()
    expect((await feed.as(norberg).match.get({ requestId, offerId })).group).toBe('full')
  }
})

test('the worker wakes when an event commits, and tells the open page', async ({ db, database }) => {
  const feed = feeding(db)
  const announced: unknown[] = []
  await using _heard = await listen(database.appUrl, 'live', (payload) => announced.push(JSON.parse(payload)))
  await using _matching = startMatching(feed.services, { listenUrl: database.appUrl, every: 60_000, log })
  for (const owner of [vasteras, norberg]) await feed.organisation(owner)
  await feed.request(norberg, { requestId: id(2) })
  await feed.offer(vasteras, { offerId: id(1) })
  await vi.waitFor(async () => {
    const match = await feed.as(norberg).match.get({ requestId: id(2), offerId: id(1) })
    expect(match.group).toBe('full')
  })
  await vi.waitFor(() =>
    expect(announced).toContainEqual({
      organisations: [norberg.organisationId, vasteras.organisationId],
      noun: 'match',
      id: id(2),
    }),
  )
})

test('what was left behind by a worker that died is matched by the next one', async ({ feed, database }) => {
  for (const owner of [vasteras, norberg]) await feed.organisation(owner)
  await feed.request(norberg, { requestId: id(2) })
  await feed.offer(vasteras, { offerId: id(1) })
  // The events are applied and nobody has matched: all there is are the marks in the rows.
  await using _matching = startMatching(feed.services, { listenUrl: database.appUrl, every: 60_000, log })
  await vi.waitFor(async () => {
    expect((await feed.as(norberg).match.get({ requestId: id(2), offerId: id(1) })).group).toBe('full')
  })
})

test('a request that cannot be matched waits, and the others go on', async ({ feed, db, admin }) => {
  for (const owner of [vasteras, norberg, kungsor]) await feed.organisation(owner)
  await feed.offer(vasteras, { offerId: id(1) })
  await feed.request(norberg, { requestId: id(2) })
  await feed.request(kungsor, { requestId: id(3) })
  const unreadable = JSON.stringify({ left: 'no list' })
  await admin.updateTable('request').set({ facts: unreadable }).where('request_id', '=', id(2)).execute()
  await feed.match()
  expect((await feed.as(kungsor).match.forRequest({ requestId: id(3) })).groups.full).toHaveLength(1)
  const poison = await db.selectFrom('request').select('stale_since').where('request_id', '=', id(2)).executeTakeFirst()
  expect(poison?.stale_since?.getTime()).toBeGreaterThan(Date.now() + 30_000)
})
