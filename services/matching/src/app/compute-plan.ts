import type { ComputePlan, PlanReceipt } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { readPlanMarket } from '../db/plan-market.ts'
import { keepPossible } from '../domain/plan-decisions.ts'
import { makePlan } from './make-plan.ts'
import { openPlan } from './open-plan.ts'

const command = 'plan.compute'

/**
 * Has a plan computed of what is open in the county now. What was decided by hand in the plan it is based on is kept, as far as
 * its requests and offers are still there. Throws `forbidden plan.no_county` for an organisation that coordinates none,
 * `conflict plan.nothing_open`, `not_found plan.not_found`.
 */
export function computePlan(ctx: MemberContext, input: ComputePlan): Promise<PlanReceipt> {
  const { db, actor, relations } = ctx
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const county = await countyCoordinatedBy(tx, actor)
    if (county === null) throw new DomainError('forbidden', 'plan.no_county')
    const base = input.basedOn === null ? null : await openPlan(tx, input.basedOn)
    const { locks, exclusions } = base ?? { locks: [], exclusions: [] }
    const market = await readPlanMarket(tx, county, { relations, decided: [...locks, ...exclusions] })
    if (market.requests.length === 0) throw new DomainError('conflict', 'plan.nothing_open')
    const { fairness, mayDifferBetweenTerms, mostProviders } = input
    return makePlan(tx, ctx, command, {
      basedOn: input.basedOn,
      settings: { fairness, mayDifferBetweenTerms, mostProviders },
      ...keepPossible(market, { locks, exclusions }),
      market,
    })
  })
}
