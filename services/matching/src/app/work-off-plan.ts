import type { PlanPolicy } from '@samkraft/contracts/matching'
import { announce, asOrganisation } from '@samkraft/db'
import type { Kysely, Transaction } from 'kysely'
import { writeAlternative } from '../db/plan-results.ts'
import { endPlanWork, type PlanWork } from '../db/plan-work.ts'
import { sidesToScore } from '../db/plan-market.ts'
import { findPlan, findPlanMarket, type Plan, setPlanMarket, setPlanState } from '../db/plans.ts'
import type { Schema } from '../db/schema.ts'
import { alternativeOf } from '../domain/plan-figures.ts'
import type { PlanMarket } from '../domain/plan-market.ts'
import type { Sides } from '../domain/plan-pairs.ts'
import type { RoundedPlan } from '../domain/plan-quarters.ts'
import { assignmentRows, unmetRows } from '../domain/plan-rows.ts'

/**
 * What came of every policy, and the market if pairs of it were missing: with all of them. `cutShort`: a wish to stop was heard
 * before all of it was complete.
 */
export type Computed = Readonly<{
  market: PlanMarket | null
  plans: readonly (readonly [PlanPolicy, RoundedPlan])[]
  cutShort: boolean
}>

/** Begins a plan that was taken: its market, what is decided, and whose pairs are still to be scored. Undefined when it was thrown away meanwhile. */
export function beginPlan(
  db: Kysely<Schema>,
  { planId, organisationId }: PlanWork,
): Promise<{ plan: Plan; market: PlanMarket; unscored: Sides } | undefined> {
  return asOrganisation(db, organisationId, async (tx) => {
    const [plan, market] = [await findPlan(tx, planId), await findPlanMarket(tx, planId)]
    if (!plan || !market) return undefined
    await setPlanState(tx, planId, 'computing')
    announce(tx, { organisations: [organisationId], noun: 'plan', id: planId })
    const { requests, offers, unsettled = [], offersBehind = [] } = market
    const requestIds = offersBehind.length > 0 ? requests.map(({ requestId }) => requestId) : unsettled
    const unscored = await sidesToScore(tx, { requestIds, offerIds: offers.map(({ offerId }) => offerId) })
    return { plan, market, unscored }
  })
}

/**
 * Keeps what came of a plan, once: a worker whose lease was taken over meanwhile writes nothing, for the other one will.
 * Returns whether this was the result that counts.
 */
export function keepPlan(
  db: Kysely<Schema>,
  work: PlanWork,
  given: { market: PlanMarket; plan: Plan; computed: Computed },
): Promise<boolean> {
  const { plan, computed } = given
  const market = computed.market ?? given.market
  return settle(db, work, computed.cutShort ? 'stopped' : 'ready', async (tx) => {
    if (computed.market) await setPlanMarket(tx, work.planId, market)
    for (const [policy, result] of computed.plans)
      await writeAlternative(tx, work, alternativeOf(policy, result, market), {
        assignments: assignmentRows(work, policy, result, market, plan.locks),
        unmet: unmetRows(work, policy, result, market),
      })
  })
}

/** Gives a plan up: nothing is kept, and the coordinator can have it computed again. */
export function givePlanUp(db: Kysely<Schema>, work: PlanWork): Promise<boolean> {
  return settle(db, work, 'failed', async () => {})
}

function settle(
  db: Kysely<Schema>,
  work: PlanWork,
  state: 'ready' | 'stopped' | 'failed',
  write: (tx: Transaction<Schema>) => Promise<void>,
): Promise<boolean> {
  const { planId, organisationId } = work
  return asOrganisation(db, organisationId, async (tx) => {
    if (!(await endPlanWork(tx, work))) return false
    await write(tx)
    await setPlanState(tx, planId, state)
    announce(tx, { organisations: [organisationId], noun: 'plan', id: planId })
    return true
  })
}
