import type {
  PlanAlternative,
  PlanListItem,
  PlanLock,
  PlanPair,
  PlanSettings,
  PlanState,
} from '@samkraft/contracts/matching'
import { planPolicies } from '@samkraft/contracts/matching'
import { forgetInLots } from '@samkraft/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type PlanMarket, summaryOf } from '../domain/plan-market.ts'
import type { Schema } from './schema.ts'

/** A plan as it is kept. All functions here need the tenant context of the organisation it belongs to. */
export type Plan = Readonly<{
  planId: string
  version: number
  name: string | null
  state: PlanState
  basedOn: string | null
  settings: PlanSettings
  locks: readonly PlanLock[]
  exclusions: readonly PlanPair[]
}>

export type NewPlan = Readonly<{
  organisationId: string
  basedOn: string | null
  settings: PlanSettings
  locks: readonly PlanLock[]
  exclusions: readonly PlanPair[]
  market: PlanMarket
}>

/** Keeps a new plan, to be computed. Returns its id. */
export async function insertPlan(tx: Transaction<Schema>, plan: NewPlan): Promise<string> {
  const { plan_id } = await tx
    .insertInto('plan')
    .values({
      organisation_id: plan.organisationId,
      name: null,
      state: 'waiting',
      created_at: sql<Date>`app_now()`,
      based_on: plan.basedOn,
      settings: JSON.stringify(plan.settings),
      locks: JSON.stringify(plan.locks),
      exclusions: JSON.stringify(plan.exclusions),
      market: JSON.stringify(plan.market),
      summary: JSON.stringify(summaryOf(plan.market)),
    })
    .returning('plan_id')
    .executeTakeFirstOrThrow()
  return plan_id
}

/** The plan without its market, which may be large; locked until the transaction ends when `lock` says so. */
export async function findPlan(
  tx: Transaction<Schema>,
  planId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<Plan | undefined> {
  const row = await tx
    .selectFrom('plan')
    .select(['plan_id', 'version', 'name', 'state', 'based_on', 'settings', 'locks', 'exclusions'])
    .where('plan_id', '=', planId)
    .$if(lock, (query) => query.forUpdate())
    .executeTakeFirst()
  return (
    row && {
      planId: row.plan_id,
      version: row.version,
      name: row.name,
      state: row.state,
      basedOn: row.based_on,
      settings: row.settings,
      locks: row.locks,
      exclusions: row.exclusions,
    }
  )
}

/** What the market looked like when the plan was made. */
export async function findPlanMarket(tx: Transaction<Schema>, planId: string): Promise<PlanMarket | undefined> {
  const row = await tx.selectFrom('plan').select('market').where('plan_id', '=', planId).executeTakeFirst()
  return row?.market
}

/** The market as it was computed with: its unsettled requests have got their pairs. */
export async function setPlanMarket(tx: Transaction<Schema>, planId: string, market: PlanMarket): Promise<void> {
  await tx
    .updateTable('plan')
    .set({ market: JSON.stringify(market), summary: JSON.stringify(summaryOf(market)) })
    .where('plan_id', '=', planId)
    .execute()
}

export async function setPlanState(tx: Transaction<Schema>, planId: string, state: PlanState): Promise<void> {
  await tx.updateTable('plan').set({ state }).where('plan_id', '=', planId).execute()
}

/** Gives it a name; one version further. */
export async function namePlan(tx: Transaction<Schema>, planId: string, name: string): Promise<number> {
  const { version } = await tx
    .updateTable('plan')
    .set((old) => ({ name, version: old('version', '+', 1) }))
    .where('plan_id', '=', planId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export async function deletePlan(tx: Transaction<Schema>, planId: string): Promise<void> {
  await tx.deleteFrom('plan').where('plan_id', '=', planId).execute()
}

/** Forgets plans nobody gave a name, a month after they were made, of all organisations. Each may have thousands of rows. */
export function forgetPlans(db: Kysely<Schema>): Promise<void> {
  const old = sql`
    select plan_id from plan where name is null and created_at < app_now() - interval '30 days' order by created_at`
  return forgetInLots(db, 10, (most) => sql`delete from plan where plan_id = any(array(${old} limit ${most}))`)
}

/** Newest first; one more than `limit`, to see whether there are. */
export async function listPlans(
  tx: Transaction<Schema>,
  { organisationId, after, limit }: { organisationId: string; after: string | null; limit: number },
): Promise<PlanListItem[]> {
  const rows = await viewable(tx)
    .where('plan.organisation_id', '=', organisationId)
    .$if(after !== null, (query) => query.where('plan.plan_id', '<', after ?? ''))
    .orderBy('plan.plan_id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows.map((row) => ({ ...summaryOfRow(row), locks: row.locks.length, exclusions: row.exclusions.length }))
}

/** Everything but its rows and its market. */
export async function readPlan(tx: Transaction<Schema>, planId: string) {
  const row = await viewable(tx)
    .leftJoin('plan_work as w', 'w.plan_id', 'plan.plan_id')
    .select('w.progress')
    .where('plan.plan_id', '=', planId)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    ...summaryOfRow(row),
    progress: row.progress ?? (row.state === 'waiting' ? 0 : 1),
    locks: row.locks,
    exclusions: row.exclusions,
  }
}

function viewable(tx: Transaction<Schema>) {
  return tx
    .selectFrom('plan')
    .select([
      'plan.plan_id',
      'plan.version',
      'plan.name',
      'plan.state',
      'plan.created_at',
      'plan.based_on',
      'plan.settings',
      'plan.locks',
      'plan.exclusions',
      'plan.summary',
    ])
    .select(
      sql<PlanAlternative[]>`coalesce((
        select jsonb_agg(jsonb_build_object('policy', a.policy, 'figures', a.figures, 'coverage', a.coverage)
          order by array_position(${[...planPolicies]}::text[], a.policy))
        from plan_alternative a where a.plan_id = plan.plan_id), '[]')`.as('alternatives'),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof viewable>['execute']>>[number]

function summaryOfRow(row: Row) {
  return {
    planId: row.plan_id,
    version: row.version,
    name: row.name,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    settings: row.settings,
    basedOn: row.based_on,
    market: row.summary,
    alternatives: row.alternatives,
  }
}
