import {
  AdjustPlan,
  ComparePlans,
  ComputePlan,
  DiscardPlan,
  ExplainPlan,
  GetPlan,
  GetPlanFlows,
  ListPlanAssignments,
  ListPlans,
  ListPlanUnmet,
  PlanAssignments,
  PlanComparison,
  PlanExplanation,
  PlanFlows,
  PlanList,
  PlanReceipt,
  PlanUnmets,
  PlanView,
  SavePlan,
  StopPlan,
} from '@samkraft/contracts/matching'
import { adjustPlan } from '../app/adjust-plan.ts'
import { comparePlans } from '../app/compare-plans.ts'
import { computePlan } from '../app/compute-plan.ts'
import { discardPlan } from '../app/discard-plan.ts'
import { explainPlan } from '../app/explain-plan.ts'
import { getPlan } from '../app/get-plan.ts'
import { getPlanFlows } from '../app/get-plan-flows.ts'
import { listPlanAssignments } from '../app/list-plan-assignments.ts'
import { listPlanUnmet } from '../app/list-plan-unmet.ts'
import { listPlans } from '../app/list-plans.ts'
import { savePlan } from '../app/save-plan.ts'
import { stopPlan } from '../app/stop-plan.ts'
import { procedure, router } from './trpc.ts'

export const planRouter = router({
  compute: procedure
    .input(ComputePlan)
    .output(PlanReceipt)
    .mutation(({ ctx, input }) => computePlan(ctx, input)),
  adjust: procedure
    .input(AdjustPlan)
    .output(PlanReceipt)
    .mutation(({ ctx, input }) => adjustPlan(ctx, input)),
  stop: procedure
    .input(StopPlan)
    .output(PlanReceipt)
    .mutation(({ ctx, input }) => stopPlan(ctx, input)),
  save: procedure
    .input(SavePlan)
    .output(PlanReceipt)
    .mutation(({ ctx, input }) => savePlan(ctx, input)),
  discard: procedure
    .input(DiscardPlan)
    .output(PlanReceipt)
    .mutation(({ ctx, input }) => discardPlan(ctx, input)),
  list: procedure
    .input(ListPlans)
    .output(PlanList)
    .query(({ ctx, input }) => listPlans(ctx, input)),
  get: procedure
    .input(GetPlan)
    .output(PlanView)
    .query(({ ctx, input }) => getPlan(ctx, input)),
  assignments: procedure
    .input(ListPlanAssignments)
    .output(PlanAssignments)
    .query(({ ctx, input }) => listPlanAssignments(ctx, input)),
  unmet: procedure
    .input(ListPlanUnmet)
    .output(PlanUnmets)
    .query(({ ctx, input }) => listPlanUnmet(ctx, input)),
  flows: procedure
    .input(GetPlanFlows)
    .output(PlanFlows)
    .query(({ ctx, input }) => getPlanFlows(ctx, input)),
  explain: procedure
    .input(ExplainPlan)
    .output(PlanExplanation)
    .query(({ ctx, input }) => explainPlan(ctx, input)),
  compare: procedure
    .input(ComparePlans)
    .output(PlanComparison)
    .query(({ ctx, input }) => comparePlans(ctx, input)),
})
