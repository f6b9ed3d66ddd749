import { announce, transact } from '@samkraft/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import { wakeWorkers } from './work.ts'

/** A plan that kills its worker this often is given up. */
const mostTries = 3

/** A plan to compute, as a worker has it. `lease` is what this worker's hold on it is called. */
export type PlanWork = Readonly<{
  planId: string
  organisationId: string
  /** The request id, as logs know it, of the command that asked for it. */
  requestId: string
  lease: string
  /** More tries than anyone should need: it is to be given up. */
  hopeless: boolean
}>

export async function insertPlanWork(
  tx: Transaction<Schema>,
  { planId, organisationId, requestId }: Pick<PlanWork, 'planId' | 'organisationId' | 'requestId'>,
): Promise<void> {
  await tx
    .insertInto('plan_work')
    .values({
      plan_id: planId,
      organisation_id: organisationId,
      request_id: requestId,
      taken_by: null,
      taken_until: null,
    })
    .execute()
}

/** When a worker that says nothing more is taken to be dead, and another one begins anew. */
function leaseEnd(leaseMs: number) {
  return sql`now() + make_interval(secs => ${leaseMs / 1_000}::float8)`
}

/** Takes the plan that has waited longest and that no living worker is at. */
export async function takePlanWork(db: Kysely<Schema>, leaseMs: number): Promise<PlanWork | undefined> {
  const { rows } = await sql<PlanWork>`
    update plan_work set taken_by = uuidv7(), taken_until = ${leaseEnd(leaseMs)},
      tries = tries + 1, progress = 0
    where plan_id = (
      select plan_id from plan_work where taken_until is null or taken_until < now()
      order by plan_id limit 1 for update skip locked)
    returning plan_id as "planId", organisation_id as "organisationId", request_id as "requestId", taken_by as lease,
      tries > ${mostTries} as hopeless`.execute(db)
  return rows[0]
}

/** Says that the worker lives and how far it has come; returns whether it should go on, stop, or has lost its hold. */
export async function renewLease(
  db: Kysely<Schema>,
  { planId, organisationId, lease }: PlanWork,
  { progress, leaseMs }: { progress: number; leaseMs: number },
): Promise<'go_on' | 'stop' | 'lost'> {
  return transact(db, async (tx) => {
    const { rows } = await sql<{ stop: boolean }>`
      update plan_work set progress = ${progress}::real, taken_until = ${leaseEnd(leaseMs)}
      where plan_id = ${planId}::uuid and taken_by = ${lease}::uuid returning stop`.execute(tx)
    if (!rows[0]) return 'lost'
    announce(tx, { organisations: [organisationId], noun: 'plan', id: planId })
    return rows[0].stop ? 'stop' : 'go_on'
  })
}

/** Gives back what a worker that stops has begun, so that another takes it at once; it counts as no try. */
export async function returnPlanWork(db: Kysely<Schema>, { planId, lease }: PlanWork): Promise<void> {
  await transact(db, async (tx) => {
    await sql`
      update plan_work set taken_by = null, taken_until = null, tries = tries - 1, progress = 0
      where plan_id = ${planId}::uuid and taken_by = ${lease}::uuid`.execute(tx)
    wakeWorkers(tx)
  })
}

/** Ends the work, if the worker still holds it; false when another one does, whose result then counts. */
export async function endPlanWork(
  tx: Transaction<Schema>,
  { planId, lease }: Pick<PlanWork, 'planId' | 'lease'>,
): Promise<boolean> {
  const { rows } = await sql`
    delete from plan_work where plan_id = ${planId}::uuid and taken_by = ${lease}::uuid returning plan_id`.execute(tx)
  return rows.length > 0
}

/** Asks whoever computes it to stop; false when nobody is to compute it any more. */
export async function askToStop(tx: Transaction<Schema>, planId: string): Promise<boolean> {
  const { rows } =
    await sql`update plan_work set stop = true where plan_id = ${planId}::uuid returning plan_id`.execute(tx)
  return rows.length > 0
}
