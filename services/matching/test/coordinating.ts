import { randomUUID } from 'node:crypto'
import type { PlanChange, PlanPolicy } from '@samkraft/contracts/matching'
import { takePlanWork } from '../src/db/plan-work.ts'
import { forgetPlans } from '../src/db/plans.ts'
import { workOff } from '../src/jobs/plan-worker.ts'
import { id, kungsor, norberg, region, vasteras } from './builders.ts'
import { type Feed, log, test as base } from './feed.ts'

export const county = { ...region }
export const elsewhere = { ...region, organisationId: id(20) }
export const policy: PlanPolicy = 'most_help'
export const leaseMs = 15_000
export const key = () => ({ commandKey: randomUUID() })

/** Västerås has 12 h a week to share; Norberg asks for 8 of them and Kungsör for 6, each with a little use of less. */
export const test = base.extend('market', async ({ feed }) => {
  for (const owner of [vasteras, norberg, kungsor, county]) await feed.organisation(owner)
  await feed.organisation(elsewhere, '20')
  await feed.offer(vasteras, { hoursPerWeek: 12 })
  await feed.request(norberg, { requestId: id(11), hoursPerWeek: 8 })
  await feed.request(kungsor, { requestId: id(12), hoursPerWeek: 6 })
  await feed.match()
  return coordinating(feed)
})

/** What a coordinator does with plans; `workAll` does what the worker would. */
export function coordinating(feed: Feed, owner = county) {
  const { plan } = feed.as(owner, ['coordinator'])
  const never = new AbortController().signal
  const workAll = async () => {
    for (
      let work = await takePlanWork(feed.services.db, leaseMs);
      work;
      work = await takePlanWork(feed.services.db, leaseMs)
    )
      await workOff(feed.services, work, { leaseMs, log, stopping: never })
  }
  return {
    plan,
    workAll,
    async computed(): Promise<string> {
      const { planId } = await plan.compute(key())
      await workAll()
      return planId
    },
    async adjusted(planId: string, change: PlanChange): Promise<string> {
      const made = await plan.adjust({ ...key(), planId, change })
      await workAll()
      return made.planId
    },
    forget: () => forgetPlans(feed.services.db),
    rows: async (planId: string) => (await plan.assignments({ planId, policy })).items,
  }
}

export const hoursTo = (
  rows: readonly { borrowerId: string; hoursPerWeek: number }[],
  { organisationId }: typeof norberg,
) => rows.filter(({ borrowerId }) => borrowerId === organisationId).reduce((sum, row) => sum + row.hoursPerWeek, 0)
