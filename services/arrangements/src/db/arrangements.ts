import type { ReasonView, Side } from '@samkraft/contracts/arrangements'
import { askTogether, daterange } from '@samkraft/db'
import { DomainError, type Role } from '@samkraft/kernel'
import { type InferResult, sql, type Transaction } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { type Arrangement, holderOf, type Moment, periodOf } from '../domain/arrangement.ts'
import type { Move } from '../domain/move-table.ts'
import { mostTogether } from '../domain/proposal.ts'
import type { Schema } from './schema.ts'

/** What the database's clock shows; every deadline is counted from it. */
export const momentQuery = sql<{ now: Date; today: string }>`select app_now() as now, app_today() as today`

export function toMoment([row]: readonly { now: Date; today: string }[]): Moment {
  if (!row) throw new Error('the clock gave no answer')
  return { now: row.now.toISOString(), today: row.today }
}

export async function readMoment(tx: Transaction<Schema>): Promise<Moment> {
  return toMoment((await momentQuery.execute(tx)).rows)
}

/**
 * Locks the arrangement until the transaction ends, and then reads it and the clock: what belongs to it is read by a statement
 * of its own, which sees what was committed while we waited. Throws `not_found arrangement.not_found` also when it is another's.
 */
export async function lockArrangement(
  tx: Transaction<Schema>,
  id: string,
): Promise<{ arrangement: Arrangement; moment: Moment }> {
  const lock = tx.selectFrom('arrangement').select('id').where('id', '=', id).forUpdate()
  const [, stored, moments] = await askTogether(tx, [lock, storedQuery(tx, id), momentQuery])
  return { arrangement: toArrangement(found(stored)), moment: toMoment(moments) }
}

/** Whether the arrangement exists and may be seen here. */
export async function isKnown(tx: Transaction<Schema>, id: string): Promise<boolean> {
  return (await tx.selectFrom('arrangement').select('id').where('id', '=', id).execute()).length > 0
}

/** The arrangement's row with its latest shares and all decisions. */
export function storedQuery(tx: Transaction<Schema>, id: string) {
  return tx
    .selectFrom('arrangement as a')
    .selectAll('a')
    .select((eb) => [
      jsonArrayFrom(
        eb
          .selectFrom('share as s')
          .select(['s.organisation_id', 's.request_id', 's.hours_per_week'])
          .select([sql<string>`lower(s.period)`.as('from'), sql<string>`upper(s.period)`.as('to')])
          .whereRef('s.arrangement_id', '=', 'a.id')
          .whereRef('s.revision', '=', 'a.revision')
          .orderBy('s.position'),
      ).as('shares'),
      jsonArrayFrom(
        eb
          .selectFrom('decision as d')
          .select(['d.organisation_id', 'd.person_id', 'd.round', 'd.decision'])
          .whereRef('d.arrangement_id', '=', 'a.id')
          .orderBy('d.at'),
      ).as('decisions'),
    ])
    .where('a.id', '=', id)
}

export type StoredRow = InferResult<ReturnType<typeof storedQuery>>[number]

/** The one row there is; `not_found arrangement.not_found` also when it is another's. */
export function found<Row>([row]: readonly Row[]): Row {
  if (!row) throw new DomainError('not_found', 'arrangement.not_found')
  return row
}

export function toArrangement(row: StoredRow): Arrangement {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    version: row.version,
    regionId: row.region_id,
    offerId: row.offer_id,
    lenderId: row.lender_id,
    borrowerIds: row.borrower_ids,
    proposerId: row.proposer_id,
    revision: row.revision,
    round: row.round,
    shares: row.shares.map(({ organisation_id, request_id, hours_per_week, from, to }) => ({
      organisationId: organisation_id,
      requestId: request_id,
      period: { from, to },
      hoursPerWeek: hours_per_week,
    })),
    accepted: row.accepted,
    decisions: row.decisions.map(({ organisation_id, person_id, round, decision }) => ({
      organisationId: organisation_id,
      personId: person_id,
      round,
      decision,
    })),
    heldSince: row.held_since.toISOString(),
    heldUntil: row.held_until,
    endsOn: row.ends_on,
    reason: row.reason,
  }
}

/** Who did it: a person in a role for an organisation, or the clock or the ledger. */
export type Author = Readonly<{ side: Side; organisationId: string | null; personId: string | null; role: Role | null }>

export type Step = Readonly<{ move: Move | 'propose'; by: Author; reason: ReasonView | null }>

/** Adds a proposal, its parties, its first terms and its first step. */
export async function insertArrangement(
  tx: Transaction<Schema>,
  arrangement: Arrangement,
  { competence, by, moment }: { competence: string; by: Author; moment: Moment },
): Promise<void> {
  const { id, reference, regionId, offerId, lenderId, borrowerIds, proposerId } = arrangement
  await tx
    .insertInto('arrangement')
    .values({
      id,
      reference,
      region_id: regionId,
      offer_id: offerId,
      lender_id: lenderId,
      borrower_ids: [...borrowerIds],
      proposer_id: proposerId,
      competence,
      proposed_at: new Date(moment.now),
      ...columnsOf(arrangement, moment),
    })
    .execute()
  const parties = [
    { organisation_id: lenderId, side: 'lender' as const },
    ...borrowerIds.map((organisation_id) => ({ organisation_id, side: 'borrower' as const })),
  ]
  await tx
    .insertInto('party')
    .values(parties.map((party) => ({ ...party, arrangement_id: id, diary_number: null })))
    .execute()
  await stepQuery(tx, null, arrangement, { move: 'propose', by, reason: null }, moment).execute()
}

/** Writes a move: the arrangement as it is after it, and the step that led there. */
export async function saveMove(
  tx: Transaction<Schema>,
  before: Arrangement,
  after: Arrangement,
  step: Step,
  moment: Moment,
): Promise<void> {
  const update = tx
    .updateTable('arrangement')
    .set(columnsOf(after, moment))
    .where('id', '=', after.id)
    .where('version', '=', before.version)
    .returning('id')
  const [saved] = await askTogether(tx, [update, stepQuery(tx, before, after, step, moment)])
  if (saved.length === 0) throw new Error(`${after.id} was changed by somebody else while it was locked`)
}

function columnsOf(arrangement: Arrangement, { now }: Moment) {
  const { status, version, revision, round, accepted, shares, heldSince, heldUntil, endsOn, reason } = arrangement
  return {
    status,
    version,
    revision,
    round,
    accepted: [...accepted],
    period: daterange(periodOf(shares)),
    hours_per_week: mostTogether(shares),
    holder_ids: [...(holderOf(arrangement)?.organisationIds ?? [])],
    held_since: new Date(heldSince),
    held_until: heldUntil,
    ends_on: endsOn,
    reason: reason && JSON.stringify(reason),
    updated_at: new Date(now),
  }
}

function stepQuery(
  tx: Transaction<Schema>,
  before: Arrangement | null,
  after: Arrangement,
  { move, by, reason }: Step,
  { now }: Moment,
) {
  return tx.insertInto('step').values({
    arrangement_id: after.id,
    version: after.version,
    at: new Date(now),
    move,
    side: by.side,
    from_status: before?.status ?? null,
    to_status: after.status,
    organisation_id: by.organisationId,
    person_id: by.personId,
    role: by.role,
    revision: after.revision,
    reason: reason && JSON.stringify(reason),
  })
}

/** The database makes the id, so that ids follow the order of proposals whichever process took them. */
export async function newArrangementId(tx: Transaction<Schema>): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('no id was given')
  return row.id
}

/** The next reference of a region's series: `SK-2027-0001`, without a gap, since the row is locked until the transaction ends. */
export async function nextReference(tx: Transaction<Schema>, regionId: string, year: number): Promise<string> {
  const { last } = await tx
    .insertInto('diary_series')
    .values({ region_id: regionId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['region_id', 'year']).doUpdateSet({ last: sql<number>`diary_series.last + 1` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return `SK-${year}-${String(last).padStart(4, '0')}`
}
