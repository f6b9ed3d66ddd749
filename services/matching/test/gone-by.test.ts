import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { startNewWeek } from '../src/app/start-new-week.ts'
import { id, kungsor, norberg, type Owner, region, vasteras, weekly } from './builders.ts'
import { setToday, test } from './feed.ts'

const key = () => ({ commandKey: randomUUID() })
const fagersta: Owner = { ...norberg, organisationId: id(1982) }
const all = [id(101), id(102), id(103)]

test('a request that only asks for weeks gone by asks for nothing: it is unmet no more, in no plan, and leaves its pool', async ({
  feed,
  admin,
}) => {
  for (const owner of [vasteras, norberg, fagersta, kungsor, region]) await feed.organisation(owner)
  const [january, rest] = [
    weekly({ from: '2027-01-11', to: '2027-02-01' }, 20),
    weekly({ from: '2027-02-01', to: '2027-06-12' }, 8),
  ]
  await feed.request(norberg, { requestId: id(101), hoursPerWeek: 20, left: [...january, ...rest] })
  await feed.request(fagersta, { requestId: id(102) })
  await feed.request(kungsor, { requestId: id(103) })
  await feed.match()
  const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: all })
  // All of it is covered from February on; nobody came in January, and nobody will.
  await feed.covered(kungsor, id(103), weekly({ from: '2027-01-11', to: '2027-02-01' }, 8))
  const coordinator = feed.as(region, ['coordinator'])
  const seen = async () => {
    await startNewWeek(feed.services)
    await feed.match()
    const { members } = (await feed.as(norberg).pooledNeed.get({ pooledNeedId })).pooledNeed
    const { items } = await coordinator.market.unmet({})
    const { planId } = await coordinator.plan.compute(key())
    return {
      pooled: members.map(({ requestId }) => requestId).sort(),
      unmet: items
        .map(({ request, askedHoursPerWeek, asked }) => [request.requestId, askedHoursPerWeek, asked.from])
        .sort(),
      planned: (await coordinator.plan.get({ planId })).market.requests,
    }
  }
  expect(await seen()).toMatchObject({ pooled: all, planned: 3 })
  await setToday(admin, '2027-01-31')
  expect(await seen()).toMatchObject({ pooled: all, planned: 3 })
  await setToday(admin, '2027-02-01')
  const others = [id(101), id(102)]
  const unmet = others.map((one) => [one, 8, '2027-02-01'])
  expect(await seen()).toEqual({ pooled: others, unmet, planned: 2 })
  // Until hours to come are asked for anew.
  await feed.covered(kungsor, id(103), weekly({ from: '2027-01-11', to: '2027-06-12' }, 8))
  expect(await seen()).toMatchObject({ pooled: others, planned: 3 })
})
