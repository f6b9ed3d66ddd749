import { auditCursor } from '@samkraft/contracts'
import { type Actor, DomainError } from '@samkraft/kernel'
import { type Kysely, sql, type Transaction } from 'kysely'
import { z } from 'zod'
import type { AuditTable, Base } from './base/schema.ts'
import { exactInstant } from './exact-instant.ts'
import { type Part, writeTogether } from './write-together.ts'

export type AuditEntry = Readonly<{
  organisationId: string
  /** Null when a deadline or an event acted, not a person. */
  personId: string | null
  requestId: string
  command: string
  subjectType: string
  subjectId: string
  before: unknown
  after: unknown
  /** Other organisations that may read this entry, such as the other party of an arrangement. */
  concerns?: readonly string[]
}>

/** Adds a link to the organisation's chain: who, what, when, from what to what. It can never be changed or removed. */
export async function recordAudit<Schema extends Base>(tx: Transaction<Schema>, entry: AuditEntry): Promise<void> {
  await writeTogether(tx, [auditPart(entry)])
}

/** The same as part of a statement that writes more than the entry. One entry to a statement. */
export function auditPart(entry: AuditEntry): Part {
  return sql`
    audited as (
      insert into audit (organisation_id, person_id, request_id, command, subject_type, subject_id, before, after, concerns)
      values (${entry.organisationId}::uuid, ${entry.personId}::uuid, ${entry.requestId}, ${entry.command}, ${entry.subjectType}, ${entry.subjectId}::uuid,
        ${toJson(entry.before)}::jsonb, ${toJson(entry.after)}::jsonb, ${[...(entry.concerns ?? [])]}::uuid[])
    )`
}

function toJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value)
}

/** The part of an entry that is for everyone concerned; hashes stay inside. */
export type AuditRow = Readonly<{
  organisationId: string
  number: number
  at: string
  /** Null for those of other organisations too: who acted for an authority is that authority's to say. */
  personId: string | null
  command: string
  subjectType: string
  subjectId: string
  before: unknown
  after: unknown
}>

export type AuditQuery = Readonly<{ subjectId?: string | undefined; cursor?: string | undefined; limit: number }>

/** Newest first, of the own organisation and of what concerns it. */
export async function readAudit<Schema extends Base>(
  tx: Transaction<Schema>,
  { subjectId, cursor, limit }: AuditQuery,
): Promise<{ items: AuditRow[]; next: string | null }> {
  const after = cursor === undefined ? null : parseCursor(cursor)
  const { rows } = await sql<AuditTable & { at_text: string; number: number; colleague_id: string | null }>`
    select *, ${exactInstant(sql`at`)} as at_text,
      case when organisation_id = app_organisation() then person_id end as colleague_id
    from audit
    where (${subjectId ?? null}::uuid is null or subject_id = ${subjectId ?? null}::uuid)
      and (${after?.at ?? null}::timestamptz is null
        or (at, organisation_id, number) < (${after?.at ?? null}::timestamptz, ${after?.organisationId ?? null}::uuid, ${after?.number ?? null}::bigint))
    order by at desc, organisation_id desc, number desc limit ${limit + 1}`.execute(tx)
  const items = rows.slice(0, limit).map((row) => ({
    organisationId: row.organisation_id,
    number: row.number,
    at: row.at_text,
    personId: row.colleague_id,
    command: row.command,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    before: row.before,
    after: row.after,
  }))
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? auditCursor(last) : null }
}

function parseCursor(cursor: string): { at: string; organisationId: string; number: number } {
  const match = /^([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_([^_]{36})_(\d{1,15})$/.exec(cursor)
  if (!match?.[1] || !match[2] || !isInstant(match[1]) || !z.guid().safeParse(match[2]).success)
    throw new DomainError('invalid', 'page.cursor_invalid')
  return { at: match[1], organisationId: match[2], number: Number(match[3]) }
}

/** A moment there is: 30 February matches the pattern, but the database would refuse it. */
function isInstant(text: string): boolean {
  const moment = new Date(text)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().slice(0, 19) === text.slice(0, 19)
}

/**
 * Walks the organisation's whole chain: how many entries it has, and the first that does not fit or is missing (null when none
 * is). Where it ends is kept apart from the entries, so that the newest are missed as well.
 */
export async function verifyAudit<Schema extends Base>(
  db: Kysely<Schema> | Transaction<Schema>,
  actor: Pick<Actor, 'organisationId'>,
): Promise<{ entries: number; brokenAt: number | null }> {
  const { rows } = await sql<{ entries: number; broken_at: number | null }>`
    with chain as (
      select number, hash, hash = audit_hash(audit) and number = row_number() over (order by number)
        and previous_hash = coalesce(lag(hash) over (order by number), '') as fits
      from audit where organisation_id = ${actor.organisationId}::uuid
    ), last as (select number, hash from chain order by number desc limit 1)
    select (select count(*) from chain) as entries, coalesce(
      (select min(number) from chain where not fits),
      (select case when last.number is null then 1 when last.number < audit_end.number then last.number + 1 else last.number end
        from audit_end(${actor.organisationId}::uuid) left join last on true
        where last.hash is distinct from audit_end.hash)) as broken_at`.execute(db)
  return { entries: rows[0]?.entries ?? 0, brokenAt: rows[0]?.broken_at ?? null }
}
