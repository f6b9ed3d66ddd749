import type { RequestFacts, WeeklyHours } from '@samkraft/contracts/marketplace'
import { daterange, sentWithNext } from '@samkraft/db'
import type { Period } from '@samkraft/kernel'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Asked, spanOf } from '../domain/parties.ts'
import type { Summary } from '../domain/keep.ts'
import { askingColumns, toAsked } from './asked.ts'
import { seatOf } from './organisations.ts'
import { leavePoolWhenClosed } from './pooled-needs.ts'
import type { Schema } from './schema.ts'
import { isDue, stale } from './stale.ts'

/** A request as an event tells of it. */
export type RequestCopy = Readonly<{
  requestId: string
  organisationId: string
  open: boolean
  /** When it was opened; the first time counts until it is closed. */
  openedAt: Date
  facts: RequestFacts
}>

/** Keeps what an event says of a request, and marks its matches as behind. `changeId` is the change's request id in the logs. */
export async function saveRequest(tx: Transaction<Schema>, copy: RequestCopy, changeId: string): Promise<void> {
  const { requestId, organisationId, open, openedAt } = copy
  const row = {
    organisation_id: organisationId,
    place_organisation_id: copy.facts.placeOrganisationId ?? null,
    open,
    opened_at: openedAt,
    facts: JSON.stringify(copy.facts),
    ...stale(tx, changeId),
  }
  await tx
    .insertInto('request')
    .values({ request_id: requestId, ...row })
    .onConflict((conflict) => conflict.column('request_id').doUpdateSet(row))
    .modifyEnd(sentWithNext)
    .execute()
  await tx.deleteFrom('request_competence').where('request_id', '=', requestId).modifyEnd(sentWithNext).execute()
  const span = spanOf(copy.facts.left)
  if (!open || !span) return leavePoolWhenClosed(tx, requestId)
  await tx
    .insertInto('request_competence')
    .values(
      [...new Set(copy.facts.requiredCompetences)].map((competence) => ({
        request_id: requestId,
        competence,
        period: daterange(span),
      })),
    )
    .modifyEnd(sentWithNext)
    .execute()
}

/** The copy as it stands; undefined when no event has told of the request yet. */
export async function findRequest(tx: Transaction<Schema>, requestId: string): Promise<RequestCopy | undefined> {
  const row = await tx
    .selectFrom('request')
    .select(['organisation_id', 'open', 'opened_at', 'facts'])
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  return (
    row && {
      requestId,
      organisationId: row.organisation_id,
      open: row.open,
      openedAt: row.opened_at,
      facts: row.facts,
    }
  )
}

/** What remains uncovered of a request has changed; nothing else has. */
export async function saveRequestLeft(
  tx: Transaction<Schema>,
  { requestId, left }: { requestId: string; left: WeeklyHours[] },
  changeId: string,
): Promise<void> {
  const request = await findRequest(tx, requestId)
  if (request) await saveRequest(tx, { ...request, facts: { ...request.facts, left } }, changeId)
}

/** A request while it is being matched: its row is locked until the transaction ends. */
export type LockedRequest = Readonly<{
  requestId: string
  open: boolean
  stale: boolean
  changeId: string | null
  /** Whether all offers have been looked through before. */
  matchedBefore: boolean
  asked: Asked
  kept: Summary
}>

function lockable(tx: Transaction<Schema>) {
  return tx
    .selectFrom('request as r')
    .leftJoin('organisation as o', 'o.organisation_id', 'r.organisation_id')
    .leftJoin('organisation as at', (join) => join.on('at.organisation_id', '=', seatOf('r')))
    .selectAll('r')
    .select(askingColumns)
    .forNoKeyUpdate('r')
}

type LockedRow = Awaited<ReturnType<ReturnType<typeof lockable>['execute']>>[number]

function toLocked(row: LockedRow): LockedRequest {
  return {
    requestId: row.request_id,
    open: row.open,
    stale: row.stale_since !== null,
    changeId: row.stale_by,
    matchedBefore: row.computed_at !== null,
    asked: toAsked(row),
    kept: {
      serving: row.serving,
      near: row.near,
      lowestServing: row.lowest_serving,
      lowestNear: row.lowest_near,
      moreServing: row.more_serving,
      moreNear: row.more_near,
    },
  }
}

/** Takes the request that has waited longest to be matched and that nobody else is at. */
export async function takeStaleRequest(tx: Transaction<Schema>): Promise<LockedRequest | undefined> {
  const row = await lockable(tx)
    .where(isDue('r.stale_since'))
    .orderBy('r.stale_since')
    .limit(1)
    .skipLocked()
    .executeTakeFirst()
  return row && toLocked(row)
}

/** Locks these requests, in the order of their ids (ADR 24). */
export async function lockRequests(tx: Transaction<Schema>, ids: readonly string[]): Promise<LockedRequest[]> {
  const rows = await lockable(tx)
    .where(sql<boolean>`r.request_id = any(${[...ids]}::uuid[])`)
    .orderBy('r.request_id')
    .execute()
  return rows.map(toLocked)
}

/** The open requests of others that ask for one of the competences in the period, in the order of their ids. */
export async function candidateRequests(
  db: Kysely<Schema>,
  { competences, period }: { competences: readonly string[]; period: Period },
): Promise<string[]> {
  const rows = await candidateRequestsQuery(db, { competences, period }).execute()
  return rows.map(({ request_id }) => request_id)
}

/** Apart so that its plan can be shown (`plans/candidate-requests.txt`). */
export function candidateRequestsQuery(
  db: Kysely<Schema>,
  { competences, period }: { competences: readonly string[]; period: Period },
) {
  return db
    .selectFrom('request_competence as c')
    .select('c.request_id')
    .distinct()
    .where(sql<boolean>`c.competence = any(${[...competences]}::text[])`)
    .where(sql<boolean>`c.period && ${daterange(period)}`)
    .orderBy('c.request_id')
}

/** How many offers serve each of an organisation's open requests, of those asked for. */
export function servingCountsOf(db: Kysely<Schema>, organisationId: string, requestIds: readonly string[]) {
  return db
    .selectFrom('request')
    .select(['request_id as requestId', 'serving', 'more_serving as more'])
    .select(sql<boolean>`computed_at is null`.as('computing'))
    .where('organisation_id', '=', organisationId)
    .where('open', '=', true)
    .where(sql<boolean>`request_id = any(${[...requestIds]}::uuid[])`)
    .execute()
}
