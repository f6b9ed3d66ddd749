import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { offered, people, wanted } from './journey.ts'
import { openSystem, type System, until, untilAnswered } from './system.ts'

const key = () => ({ commandKey: randomUUID() })

let system: System
beforeAll(async () => {
  system = await openSystem()
  await system.quiet()
  const [lender, borrower] = [await system.as(people.lendingOfficer), await system.as(people.borrowingOfficer)]
  await lender.marketplace.offer.publish.mutate({ ...key(), details: offered })
  await borrower.marketplace.request.publish.mutate({ ...key(), details: wanted })
  await system.quiet()
})
afterAll(() => system[Symbol.asyncDispose]())

test.for(['plan.mid-work', 'plan.before-keep', 'plan.after-keep'])(
  'a plan whose worker dies at %s is there in the end, once',
  async (point) => {
    const { constellation, books, as } = system
    const { matching } = await as(people.coordinator)
    await constellation.failAt('matching', point)
    const command = key()
    const { planId } = await untilAnswered(() => matching.plan.compute.mutate(command))
    await until('the worker has died', () => !constellation.isArmed('matching'))
    await constellation.ready('matching')
    await until('the plan is ready', async () => {
      const plan = await untilAnswered(() => matching.plan.get.query({ planId }))
      return plan.state === 'ready'
    })
    const { items } = await matching.plan.assignments.query({ planId, policy: 'most_help' })
    expect(items.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([8])
    const { rows } = await books.matching.query(
      `select (select count(*)::int from plan_alternative where plan_id = $1) as alternatives,
        (select count(*)::int from plan_assignment where plan_id = $1) as assignments,
        (select count(*)::int from plan_work) as waiting`,
      [planId],
    )
    expect(rows).toEqual([{ alternatives: 3, assignments: 3, waiting: 0 }])
  },
)

test.for(['match.before-commit', 'match.after-commit'])(
  'a rebuild whose worker dies at %s ends with the very matches there were',
  async (point) => {
    const { constellation, books, as, quiet } = system
    const borrower = await as(people.borrowingOfficer)
    for (let number = 0; number < 4; number += 1)
      await borrower.marketplace.request.publish.mutate({ ...key(), details: wanted })
    await quiet()
    const matches = async () =>
      (
        await books.matching.query(
          `select request_id, offer_id, score, match_group, hours_per_week, factors from match order by 1, 2`,
        )
      ).rows
    const before = await matches()
    expect(before.length).toBeGreaterThanOrEqual(5)
    await constellation.failAt('matching', point)
    await books.matching.query(`begin; delete from match;
      update request set computed_at = null, serving = 0, near = 0, lowest_serving = null, lowest_near = null;
      update offer set stale_since = now(); update request set stale_since = now(); commit`)
    await until('the worker has died', () => !constellation.isArmed('matching'))
    await constellation.ready('matching')
    await quiet()
    expect(await matches()).toEqual(before)
  },
)
