import type { Part } from '@samkraft/db'
import type { HeadingView, Owner, Status } from '@samkraft/contracts/marketplace'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Noun } from '../domain/listing.ts'
import { wordByWord } from '../domain/resolver/swedish.ts'
import type { Schema } from './schema.ts'

/** Everything everybody reads of it, whatever its status; null when it was never published. */
export async function readView(db: Kysely<Schema>, noun: Noun, id: string): Promise<object | null> {
  const { rows } = await sql<{ item: object; more: object }>`
    select item, more from ${sql.table(`published_${noun}`)} where id = ${id}::uuid`.execute(db)
  const [row] = rows
  return row ? { ...row.item, ...row.more } : null
}

/** What those of these that were ever published are called; offers and requests alike, in no order. */
export async function readHeadings(db: Kysely<Schema>, ids: readonly string[]): Promise<HeadingView[]> {
  const { rows } = await sql<HeadingView>`
    select id, item ->> 'title' as title, item ->> 'reference' as reference from published_offer where id = any(${ids}::uuid[])
    union all
    select id, item ->> 'title', item ->> 'reference' from published_request where id = any(${ids}::uuid[])`.execute(db)
  return rows
}

/** Everything everybody reads of it, locked until the transaction ends, so that nobody else changes what is left of it meanwhile. */
export async function lockPublished(
  tx: Transaction<Schema>,
  noun: Noun,
  id: string,
): Promise<{ view: object; organisationId: string } | null> {
  const { rows } = await sql<{ item: object; more: object; organisation_id: string }>`
    select item, more, organisation_id from ${sql.table(`published_${noun}`)} where id = ${id}::uuid for update`.execute(
    tx,
  )
  const [row] = rows
  return row ? { view: { ...row.item, ...row.more }, organisationId: row.organisation_id } : null
}

export type PublishedToSave = Readonly<{
  id: string
  organisationId: string
  countyCode: string | null
  status: Status
  starts: string | null
  ends: string | null
  closes: string
  confirmedUntil: string | null
  stale: boolean
  mostLeft: number
  extent: readonly object[]
  remaining: readonly object[]
  publishedAt: string
  words: Readonly<{ name: string; beside: string; text: string }>
  labels: readonly string[]
  item: object
  more: object
}>

/** The row everybody reads: made, or replaced. */
export function publishedPart(noun: Noun, row: PublishedToSave): Part {
  const { words, labels } = row
  return sql`
    shown as (
      insert into ${sql.table(`published_${noun}`)} (id, organisation_id, county_code, status, starts, ends, closes, confirmed_until,
        stale, most_left, extent, remaining, published_at, search, item, more)
      values (${row.id}::uuid, ${row.organisationId}::uuid, ${row.countyCode}, ${row.status}, ${row.starts}::date, ${row.ends}::date,
        ${row.closes}::date, ${row.confirmedUntil}::date, ${row.stale}, ${row.mostLeft}, ${JSON.stringify(row.extent)}::jsonb,
        ${JSON.stringify(row.remaining)}::jsonb, ${row.publishedAt}::timestamptz,
        setweight(to_tsvector('swedish_plain', ${wordByWord(words.name)}), 'A')
          || setweight(to_tsvector('swedish_plain', ${wordByWord(words.beside)}), 'B')
          || setweight(to_tsvector('swedish_plain', ${wordByWord(words.text)}), 'D') || array_to_tsvector(${[...labels]}::text[]),
        ${JSON.stringify(row.item)}::json, ${JSON.stringify(row.more)}::json)
      on conflict (id) do update set county_code = excluded.county_code, status = excluded.status, starts = excluded.starts,
        ends = excluded.ends, closes = excluded.closes, confirmed_until = excluded.confirmed_until, stale = excluded.stale, most_left = excluded.most_left,
        extent = excluded.extent, remaining = excluded.remaining, search = excluded.search, item = excluded.item, more = excluded.more
    )`
}

/** What is left of it changed, or whether its owner still stands by it; nothing that it says did. */
export async function saveRemaining(
  tx: Transaction<Schema>,
  noun: Noun,
  { id, item, mostLeft, remaining, stale }: Pick<PublishedToSave, 'id' | 'item' | 'mostLeft' | 'remaining' | 'stale'>,
): Promise<void> {
  await sql`
    update ${sql.table(`published_${noun}`)} set item = ${JSON.stringify(item)}::json,
      most_left = ${mostLeft}, remaining = ${JSON.stringify(remaining)}::jsonb, stale = ${stale} where id = ${id}::uuid`.execute(
    tx,
  )
}

/** One the clock has overtaken. */
export type Due = Readonly<{ id: string; organisationId: string }>

/** What is past its period or its last day, and still shown as open or paused. */
export async function findOver(db: Kysely<Schema>, noun: Noun, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select id, organisation_id as "organisationId" from ${sql.table(`published_${noun}`)}
    where status in ('published', 'paused') and closes <= app_today() order by closes, id limit ${limit}`.execute(db)
  return rows
}

/** Offers whose owner no longer stands by them, while everybody is still shown that they do. */
export async function findUnconfirmed(db: Kysely<Schema>, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select id, organisation_id as "organisationId" from published_offer
    where status = 'published' and not stale and confirmed_until < app_today() order by confirmed_until, id limit ${limit}`.execute(
    db,
  )
  return rows
}

/** What is open or paused, of which weeks count that are gone by now. */
export async function findGoneBy(db: Kysely<Schema>, noun: Noun, limit: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select id, organisation_id as "organisationId" from ${sql.table(`published_${noun}`)}
    where status in ('published', 'paused') and remaining #>> '{0,toWeek}' <= (select date_trunc('week', app_today())::date::text)
    order by remaining #>> '{0,toWeek}', id limit ${limit}`.execute(db)
  return rows
}

/**
 * An organisation's name or county changed: all it has published says so, and is found by the new name. The old one finds it
 * as well until it is changed itself.
 */
export async function renameOwner(tx: Transaction<Schema>, noun: Noun, owner: Owner): Promise<void> {
  const json = JSON.stringify(owner)
  await sql`
    update ${sql.table(`published_${noun}`)} set county_code = ${owner.countyCode},
      item = (item::jsonb || jsonb_build_object('owner', ${json}::jsonb))::json,
      search = search || setweight(to_tsvector('swedish_plain', ${wordByWord(`${owner.name} ${owner.shortName}`)}), 'B')
    where organisation_id = ${owner.id}::uuid and (item -> 'owner')::jsonb <> ${json}::jsonb`.execute(tx)
}
