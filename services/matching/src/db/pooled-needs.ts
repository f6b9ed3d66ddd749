import { type Kysely, sql, type Transaction } from 'kysely'
import { announce } from '@samkraft/db'
import type { Poolable } from '../domain/pooling.ts'
import { askingColumns, toAsked } from './asked.ts'
import { seatOf } from './organisations.ts'
import type { Schema } from './schema.ts'

/** Longest open first; a county with more waits for the first to be helped. */
const mostConsidered = 500

const mostWeighed = 100

/** A request with what pooling needs to know of it. */
export type PoolableRequest = Poolable & Readonly<{ requestId: string; countyCode: string | null; isOpen: boolean }>

/** A pooled need with its requests: those that have joined in the order in which they did, then the invited ones by name. */
export type PooledNeed = Readonly<{
  pooledNeedId: string
  countyCode: string
  competence: string
  startedBy: string
  startedAt: Date
  open: boolean
  members: readonly (PoolableRequest & Readonly<{ joined: boolean }>)[]
}>

function poolable(db: Kysely<Schema>) {
  return db
    .selectFrom('request as r')
    .innerJoin('organisation as o', 'o.organisation_id', 'r.organisation_id')
    .leftJoin('organisation as at', (join) => join.on('at.organisation_id', '=', seatOf('r')))
    .select(['r.request_id', 'r.organisation_id', 'r.open', 'r.facts', 'o.county_code'])
    .select(askingColumns)
}

type PoolableRow = Awaited<ReturnType<ReturnType<typeof poolable>['execute']>>[number]

function toPoolable(row: PoolableRow): PoolableRequest {
  return { requestId: row.request_id, countyCode: row.county_code, isOpen: row.open, ...toAsked(row) }
}

/** These requests, in the order given; those that matching has not heard of are left out. */
export async function findPoolable(db: Kysely<Schema>, ids: readonly string[]): Promise<PoolableRequest[]> {
  const rows = await poolable(db)
    .where(sql<boolean>`r.request_id = any(${[...ids]}::uuid[])`)
    .execute()
  const byId = new Map(rows.map((row) => [row.request_id, toPoolable(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Keeps requests from changing until the transaction ends; in the order of their ids, and before any pooled need. */
export async function holdRequests(tx: Transaction<Schema>, ids: readonly string[]): Promise<void> {
  await tx
    .selectFrom('request')
    .select('request_id')
    .where(sql<boolean>`request_id = any(${[...ids]}::uuid[])`)
    .orderBy('request_id')
    .forShare()
    .execute()
}

/**
 * The open requests of a county that no offer serves in full and that are part of no pooled need, the longest open first: all of
 * them, or those that ask for one of these competences first.
 */
export async function requestsToPool(
  db: Kysely<Schema>,
  county: string,
  competences?: readonly string[],
): Promise<PoolableRequest[]> {
  const rows = await poolable(db)
    .where('o.county_code', '=', county)
    .$if(competences !== undefined, (query) =>
      query.where(sql<boolean>`r.facts->'requiredCompetences'->>0 = any(${[...(competences ?? [])]}::text[])`),
    )
    .where('r.open', '=', true)
    .where('r.computed_at', 'is not', null)
    // What is covered in full has no row here.
    .where(sql<boolean>`exists (select from request_competence c where c.request_id = r.request_id)`)
    .where(sql<boolean>`not exists (select from match m where m.request_id = r.request_id and m.match_group = 'full')`)
    .where(sql<boolean>`not exists (select from pooled_need_request p where p.request_id = r.request_id)`)
    .orderBy('r.opened_at')
    .orderBy('r.request_id')
    .limit(mostConsidered)
    .execute()
  return rows.map(toPoolable)
}

/** An organisation's own open requests that have joined no pooled need, the longest open first, and where each is invited. */
export async function ownRequestsToPool(
  db: Kysely<Schema>,
  organisationId: string,
): Promise<(PoolableRequest & Readonly<{ invitedTo: string | null }>)[]> {
  const rows = await poolable(db)
    .where('r.organisation_id', '=', organisationId)
    .where('r.open', '=', true)
    .where(sql<boolean>`exists (select from request_competence c where c.request_id = r.request_id)`)
    .leftJoin('pooled_need_request as p', 'p.request_id', 'r.request_id')
    .select('p.pooled_need_id')
    .where('p.joined_at', 'is', null)
    .orderBy('r.opened_at')
    .orderBy('r.request_id')
    .limit(mostConsidered)
    .execute()
  return rows.map((row) => ({ ...toPoolable(row), invitedTo: row.pooled_need_id }))
}

/** These pooled needs with their requests, newest first. */
async function withMembers(db: Kysely<Schema>, needs: readonly NeedRow[]): Promise<PooledNeed[]> {
  if (needs.length === 0) return []
  const rows = await poolable(db)
    .innerJoin('pooled_need_request as p', 'p.request_id', 'r.request_id')
    .select(['p.pooled_need_id', 'p.joined_at'])
    .where(sql<boolean>`p.pooled_need_id = any(${needs.map((need) => need.pooled_need_id)}::uuid[])`)
    .orderBy(sql`p.joined_at asc nulls last`)
    .orderBy('o.short_name')
    .orderBy('r.request_id')
    .execute()
  return needs.map((need) => ({
    pooledNeedId: need.pooled_need_id,
    countyCode: need.county_code,
    competence: need.competence,
    startedBy: need.started_by,
    startedAt: need.started_at,
    open: need.closed_at === null,
    members: rows
      .filter((row) => row.pooled_need_id === need.pooled_need_id)
      .map((row) => ({ ...toPoolable(row), joined: row.joined_at !== null })),
  }))
}

type NeedRow = Awaited<ReturnType<ReturnType<typeof needs>['execute']>>[number]

function needs(db: Kysely<Schema>) {
  return db.selectFrom('pooled_need').selectAll().orderBy('pooled_need_id', 'desc')
}

export async function findPooledNeed(db: Kysely<Schema>, id: string): Promise<PooledNeed | undefined> {
  return (await withMembers(db, await needs(db).where('pooled_need_id', '=', id).execute()))[0]
}

/** Locks a pooled need until the transaction ends, and then reads it with its requests. */
export async function lockPooledNeed(tx: Transaction<Schema>, id: string): Promise<PooledNeed | undefined> {
  return (await lockPooledNeeds(tx, [id]))[0]
}

/** Locks pooled needs in the order of their ids, and then reads those there are in the order given. */
export async function lockPooledNeeds(tx: Transaction<Schema>, ids: readonly string[]): Promise<PooledNeed[]> {
  const known = sql<boolean>`pooled_need_id = any(${[...ids]}::uuid[])`
  await tx
    .selectFrom('pooled_need')
    .select('pooled_need_id')
    .where(known)
    .orderBy('pooled_need_id')
    .forUpdate()
    .execute()
  const found = await withMembers(tx, await needs(tx).where(known).execute())
  return ids.flatMap((id) => found.find(({ pooledNeedId }) => pooledNeedId === id) ?? [])
}

/** The one a request is part of, or invited to. */
export async function pooledNeedOf(db: Kysely<Schema>, requestId: string): Promise<PooledNeed | undefined> {
  const ids = db.selectFrom('pooled_need_request').select('pooled_need_id').where('request_id', '=', requestId)
  return (await withMembers(db, await needs(db).where('pooled_need_id', 'in', ids).execute()))[0]
}

/** The open ones of a county, or of all, newest first. */
export async function openPooledNeeds(
  db: Kysely<Schema>,
  { county, after, limit }: { county: string | null; after: string | null; limit: number },
): Promise<PooledNeed[]> {
  const open = needs(db)
    .where('closed_at', 'is', null)
    .$if(county !== null, (query) => query.where('county_code', '=', county ?? ''))
    .$if(after !== null, (query) => query.where('pooled_need_id', '<', after ?? ''))
    .limit(limit)
  return withMembers(db, await open.execute())
}

/**
 * The open ones, of a county or of all, that are pooled by one of these competences; as many as one offer or request is weighed
 * against.
 */
export async function openPooledNeedsFor(
  db: Kysely<Schema>,
  competences: readonly string[],
  county?: string,
): Promise<PooledNeed[]> {
  const open = needs(db)
    .where('closed_at', 'is', null)
    .where(sql<boolean>`competence = any(${[...competences]}::text[])`)
    .$if(county !== undefined, (query) => query.where('county_code', '=', county ?? ''))
    .limit(mostWeighed)
  return withMembers(db, await open.execute())
}

/** Starts a pooled need; returns its id. */
export async function insertPooledNeed(
  tx: Transaction<Schema>,
  { countyCode, competence, startedBy }: { countyCode: string; competence: string; startedBy: string },
): Promise<string> {
  const { pooled_need_id } = await tx
    .insertInto('pooled_need')
    .values({
      county_code: countyCode,
      competence,
      started_by: startedBy,
      started_at: sql<Date>`app_now()`,
      closed_at: null,
    })
    .returning('pooled_need_id')
    .executeTakeFirstOrThrow()
  return pooled_need_id
}

/** Puts a request in a pooled need, or lets an invited one join; false when it is part of another already. */
export async function putInPool(
  tx: Transaction<Schema>,
  pooledNeedId: string,
  { requestId, organisationId }: Pick<PoolableRequest, 'requestId' | 'organisationId'>,
  { joins }: { joins: boolean },
): Promise<boolean> {
  const joinedAt = joins ? sql<Date>`app_now()` : null
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('pooled_need_request')
    .values({
      request_id: requestId,
      pooled_need_id: pooledNeedId,
      organisation_id: organisationId,
      joined_at: joinedAt,
    })
    .onConflict((conflict) =>
      conflict
        .column('request_id')
        .doUpdateSet({ joined_at: joinedAt })
        .where('pooled_need_request.pooled_need_id', '=', pooledNeedId),
    )
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0) > 0
}

/** Takes a request out of its pooled need, which closes when it was the last. Returns the organisations that are left in it. */
export async function takeOutOfPool(
  tx: Transaction<Schema>,
  pooledNeedId: string,
  requestId: string,
): Promise<string[]> {
  await tx.deleteFrom('pooled_need_request').where('request_id', '=', requestId).execute()
  const left = await tx
    .selectFrom('pooled_need_request')
    .select('organisation_id')
    .where('pooled_need_id', '=', pooledNeedId)
    .execute()
  if (left.length === 0)
    await tx
      .updateTable('pooled_need')
      .set({ closed_at: sql<Date>`app_now()` })
      .where('pooled_need_id', '=', pooledNeedId)
      .execute()
  return left.map(({ organisation_id }) => organisation_id)
}

/** A request that is closed or covered is no longer part of a pooled need. */
export async function leavePoolWhenClosed(tx: Transaction<Schema>, requestId: string): Promise<void> {
  const member = await tx
    .selectFrom('pooled_need_request')
    .select(['pooled_need_id', 'organisation_id'])
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  if (!member) return
  await lockPooledNeed(tx, member.pooled_need_id)
  const left = await takeOutOfPool(tx, member.pooled_need_id, requestId)
  announce(tx, { organisations: [member.organisation_id, ...left], noun: 'pooled_need', id: member.pooled_need_id })
}
