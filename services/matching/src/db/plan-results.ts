import type {
  ComparePlans,
  ListPlanAssignments,
  PlanAlternative,
  PlanDifference,
  PlanFlow,
  PlanPolicy,
} from '@samkraft/contracts/matching'
import { daterange } from '@samkraft/db'
import type { Period } from '@samkraft/kernel'
import { type Selectable, sql, type Transaction } from 'kysely'
import { planWeeks } from '../domain/plan-market.ts'
import type { Assigned, Unmet } from '../domain/plan-rows.ts'
import { nameIn } from './organisations.ts'
import type { PlanAssignmentTable, PlanUnmetTable, Schema } from './schema.ts'

type AssignmentRow = Readonly<Selectable<PlanAssignmentTable>>
type UnmetRow = Readonly<Selectable<PlanUnmetTable>>

type InPlan = Readonly<{ planId: string; policy: PlanPolicy }>

/** Rows written in one statement. */
const rowsAtATime = 1_000

/** Writes what came of one policy. Needs the tenant context of the plan's organisation, as all here. */
export async function writeAlternative(
  tx: Transaction<Schema>,
  { organisationId, planId }: { organisationId: string; planId: string },
  { policy, figures, coverage }: PlanAlternative,
  rows: Readonly<{ assignments: readonly Assigned[]; unmet: readonly Unmet[] }>,
): Promise<void> {
  await tx
    .insertInto('plan_alternative')
    .values({
      organisation_id: organisationId,
      plan_id: planId,
      policy,
      figures: JSON.stringify(figures),
      coverage: JSON.stringify(coverage),
    })
    .execute()
  for (const some of inLots(rows.assignments)) {
    const values = some.map((row) => ({ ...row, period: daterange(row.period) }))
    await tx.insertInto('plan_assignment').values(values).execute()
  }
  for (const some of inLots(rows.unmet))
    await tx
      .insertInto('plan_unmet')
      .values([...some])
      .execute()
}

function inLots<Row>(rows: readonly Row[]): (readonly Row[])[] {
  const lots = Math.ceil(rows.length / rowsAtATime)
  return Array.from({ length: lots }, (_, lot) => rows.slice(lot * rowsAtATime, (lot + 1) * rowsAtATime))
}

const [borrower, lender] = [nameIn('borrower_id'), nameIn('lender_id')]

/** The columns a page goes by; the last ones tell rows apart. */
const orders = {
  borrower: sql`(${borrower}, ${lender}, request_id, offer_id, lower(period))`,
  hours: sql`(-hours, ${borrower}, ${lender}, request_id, offer_id, lower(period))`,
  score: sql`(-score, ${borrower}, ${lender}, request_id, offer_id, lower(period))`,
} as const

/** When the market was as the plan has it: a change by hand makes a new plan of an older market. */
const marketAt = sql`(plan.summary->>'at')::timestamptz`

/** One page of rows, from the one after `offset` on: a plan does not change once it is there. One more than `limit`. */
export async function listAssignments(
  tx: Transaction<Schema>,
  { planId, policy, borrowerId, lenderId, sort, limit }: ListPlanAssignments,
  offset: number,
): Promise<(AssignmentRow & { arrangement_id: string | null; closed: boolean | null; today: string })[]> {
  return (
    tx
      .selectFrom('plan_assignment')
      .selectAll('plan_assignment')
      .innerJoin('plan', 'plan.plan_id', 'plan_assignment.plan_id')
      // One that was approved, or came to nothing, before the market was as the plan has it says nothing about it.
      .leftJoinLateral(
        (query) =>
          query
            .selectFrom('arrangement_pair as p')
            // What has given hours before it ended has come about.
            .select([
              'p.arrangement_id',
              sql<boolean>`p.closed_at is not null and not exists (
                select from arrangement_share s where s.arrangement_id = p.arrangement_id and s.hours > 0)`.as(
                'closed',
              ),
            ])
            .whereRef('p.request_id', '=', 'plan_assignment.request_id')
            .whereRef('p.offer_id', '=', 'plan_assignment.offer_id')
            .where(sql<boolean>`(p.days is null or p.days && plan_assignment.period)`)
            .where(sql<boolean>`(p.approved_at is null or p.approved_at >= ${marketAt})`)
            .where(sql<boolean>`(p.closed_at is null or p.closed_at >= ${marketAt})`)
            .orderBy(sql`p.closed_at is null`, 'desc')
            .orderBy('p.arrangement_id', 'desc')
            .limit(1)
            .as('pair'),
        (join) => join.onTrue(),
      )
      .select(['pair.arrangement_id', 'pair.closed'])
      .select(sql<string>`app_today()`.as('today'))
      .where('plan_assignment.plan_id', '=', planId)
      .where('policy', '=', policy)
      .$if(borrowerId !== undefined, (query) => query.where('borrower_id', '=', borrowerId ?? ''))
      .$if(lenderId !== undefined, (query) => query.where('lender_id', '=', lenderId ?? ''))
      .orderBy(orders[sort])
      .offset(offset)
      .limit(limit + 1)
      .execute()
  )
}

/** Unmet hours, most first; one more than `limit`. */
export async function listUnmetRows(
  tx: Transaction<Schema>,
  { planId, policy, borrowerId, limit }: InPlan & { borrowerId?: string | undefined; limit: number },
  offset: number,
): Promise<UnmetRow[]> {
  return tx
    .selectFrom('plan_unmet')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('policy', '=', policy)
    .$if(borrowerId !== undefined, (query) => query.where('borrower_id', '=', borrowerId ?? ''))
    .orderBy('hours', 'desc')
    .orderBy(borrower)
    .orderBy('request_id')
    .orderBy('reason')
    .offset(offset)
    .limit(limit + 1)
    .execute()
}

/** The unmet hours of one request; the most first. */
export async function unmetOf(
  tx: Transaction<Schema>,
  { planId, policy }: InPlan,
  requestId: string,
): Promise<UnmetRow[]> {
  return tx
    .selectFrom('plan_unmet')
    .selectAll()
    .where('plan_id', '=', planId)
    .where('policy', '=', policy)
    .where('request_id', '=', requestId)
    .orderBy('hours', 'desc')
    .execute()
}

/** The Monday of each week a row is for. */
const weeksOfPeriod = sql`generate_series(date_trunc('week', lower(period)::timestamp), upper(period) - interval '1 day', '7 days')`

/** Hours from one organisation to another, the largest first. Per week is the average over the weeks in which anything is given. */
export async function readFlows(tx: Transaction<Schema>, { planId, policy }: InPlan): Promise<PlanFlow[]> {
  const { rows } = await sql<PlanFlow>`
    with given as (
      select lender_id, borrower_id, hours, period from plan_assignment
      where plan_id = ${planId}::uuid and policy = ${policy}),
    span as (
      select lender_id, borrower_id, count(distinct week)::int as weeks from given, ${weeksOfPeriod} week
      group by lender_id, borrower_id)
    select lender_id as "lenderId", borrower_id as "borrowerId", sum(hours) as hours, sum(hours) / min(weeks) as "hoursPerWeek"
    from given join span using (lender_id, borrower_id)
    group by lender_id, borrower_id order by sum(hours) desc, ${lender}, ${borrower}`.execute(tx)
  return rows
}

/** All rows of the offers that could serve a request: what explains why it got what it got. */
export async function rowsOfOffers(
  tx: Transaction<Schema>,
  { planId, policy }: InPlan,
  offerIds: readonly string[],
): Promise<{ requestId: string; offerId: string; period: Period; hoursPerWeek: number; hours: number }[]> {
  const rows = await tx
    .selectFrom('plan_assignment')
    .select(['request_id', 'offer_id', 'period', 'hours_per_week', 'hours'])
    .where('plan_id', '=', planId)
    .where('policy', '=', policy)
    .where(sql<boolean>`offer_id = any(${[...offerIds]}::uuid[])`)
    .execute()
  return rows.map((row) => ({
    requestId: row.request_id,
    offerId: row.offer_id,
    period: row.period,
    hoursPerWeek: row.hours_per_week,
    hours: row.hours,
  }))
}

/**
 * Pairs that have other hours a week in one plan than in the other, on average, or have them in fewer or more weeks: of the weeks that
 * both plans are for, so that a week gone by between them is no difference. The largest first; one more than `limit`.
 */
export async function readDifferences(
  tx: Transaction<Schema>,
  { planId, otherId, policy }: ComparePlans,
  limit: number,
) {
  const rowsOf = (id: string) => sql`
    select request_id, offer_id, lender_id, borrower_id, competence, count(*)::int as weeks, sum(hours_per_week) / count(*) as hours
    from plan_assignment, both_for, ${weeksOfPeriod} week
    where plan_id = ${id}::uuid and policy = ${policy} and week >= both_for.first and week < both_for.last + ${planWeeks} * interval '1 week'
    group by request_id, offer_id, lender_id, borrower_id, competence`
  const { rows } = await sql<PlanDifference>`
    with both_for as (
      select max((summary->>'fromWeek')::date) as first, min((summary->>'fromWeek')::date) as last
      from plan where plan_id in (${planId}::uuid, ${otherId}::uuid))
    select request_id as "requestId", offer_id as "offerId", lender_id as "lenderId", borrower_id as "borrowerId",
      competence, before, after, weeks_before as "weeksBefore", weeks_after as "weeksAfter"
    from (
      select request_id, offer_id, coalesce(a.lender_id, b.lender_id) as lender_id,
        coalesce(a.borrower_id, b.borrower_id) as borrower_id, coalesce(a.competence, b.competence) as competence,
        coalesce(b.hours, 0) as before, coalesce(a.hours, 0) as after,
        coalesce(b.weeks, 0) as weeks_before, coalesce(a.weeks, 0) as weeks_after
      from (${rowsOf(planId)}) a full join (${rowsOf(otherId)}) b using (request_id, offer_id)) pair
    where (before, weeks_before) <> (after, weeks_after)
    order by abs(before * weeks_before - after * weeks_after) desc, ${borrower}, ${lender}, request_id, offer_id
    limit ${limit + 1}`.execute(tx)
  return rows
}

/** How things stand now with some requests and offers: open or not, and what is left of each. */
export async function sidesNow(
  tx: Transaction<Schema>,
  { requestIds, offerIds }: { requestIds: readonly string[]; offerIds: readonly string[] },
) {
  const requests = await tx
    .selectFrom('request')
    .select(['request_id', 'open', 'facts'])
    .where(sql<boolean>`request_id = any(${[...new Set(requestIds)]}::uuid[])`)
    .execute()
  const offers = await tx
    .selectFrom('offer')
    .select(['offer_id', 'open', 'facts'])
    .where(sql<boolean>`offer_id = any(${[...new Set(offerIds)]}::uuid[])`)
    .execute()
  return {
    requests: new Map(requests.map(({ request_id, open, facts }) => [request_id, { open, left: facts.left }])),
    offers: new Map(offers.map(({ offer_id, open, facts }) => [offer_id, { open, left: facts.left }])),
  }
}
