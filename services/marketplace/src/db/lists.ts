import { plannedAnew } from '@samkraft/db'
import type { Period } from '@samkraft/kernel'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Noun } from '../domain/listing.ts'
import type { Schema } from './schema.ts'

/** What lists are narrowed by; what is left out narrows nothing. */
export type Filters = Readonly<{
  /** In the text index's own notation: words and labels. */
  search?: string | undefined
  organisationIds?: readonly string[] | undefined
  counties?: readonly string[] | undefined
  period?: Period | undefined
  leastHours?: number | undefined
}>

/** What has no hours begins on no day, and comes after all that does. */
const starts = sql`coalesce(starts, 'infinity'::date)`

/** How a list is ordered: by what, which way, and as what type a cursor's value is read. */
const orders = {
  newest: { by: sql.ref('published_at'), down: true, type: sql`timestamptz` },
  starts: { by: starts, down: false, type: sql`date` },
  most_left: { by: sql.ref('most_left'), down: true, type: sql`float8` },
} as const

export type Order = keyof typeof orders
/** Where the page before ended. */
export type PageEnd = Readonly<{ value: string; id: string }>

/** Items of what is open, in the order asked for, from where the page before ended. */
export async function listPublished(
  db: Kysely<Schema>,
  noun: Noun,
  filters: Filters,
  { order, after, limit }: { order: Order; after: PageEnd | null; limit: number },
): Promise<unknown[]> {
  const { by, down, type } = orders[order]
  const direction = down ? sql`desc` : sql`asc`
  const beyond = after
    ? sql`and (${by}, id) ${down ? sql`<` : sql`>`} (${after.value}::${type}, ${after.id}::uuid)`
    : sql``
  const { rows } = await sql<{ item: unknown }>`
    ${filters.search === undefined ? sql`` : plannedAnew}select item from ${sql.table(`published_${noun}`)}
    where status = 'published' ${conditions(filters)} ${beyond}
    order by ${by} ${direction}, id ${direction} limit ${limit}`.execute(db)
  return rows.map(({ item }) => item)
}

/** The newest of what fits are ranked; further back, date says more than how often a word occurs. */
const ranked = 2_000

/** Items of what is open, what is about the words `main` first, then by how often and where they occur. */
export async function listByRelevance(
  db: Kysely<Schema>,
  noun: Noun,
  filters: Filters & { search: string },
  { words, main, after, limit }: { words: string; main: string | null; after: PageEnd | null; limit: number },
): Promise<{ item: unknown; rank: string }[]> {
  const about = main === null ? sql`0` : sql`(search @@ ${main}::tsquery)::int`
  const beyond = after ? sql`where (rank, id) < (${after.value}::float8, ${after.id}::uuid)` : sql``
  const { rows } = await sql<{ item: unknown; rank: string }>`
    ${plannedAnew}with fitting as (
      select id, search from ${sql.table(`published_${noun}`)}
      where status = 'published' ${conditions(filters)} order by published_at desc, id desc limit ${ranked}
    ), ordered as (
      select id, ${about} + ts_rank(search, ${words}::tsquery)::float8 as rank from fitting
    ), page as (select id, rank from ordered ${beyond} order by rank desc, id desc limit ${limit})
    select item, rank::text as rank from page join ${sql.table(`published_${noun}`)} using (id) order by page.rank desc, id desc`.execute(
    db,
  )
  return rows
}

/** Counts as far as `most`; beyond that nobody reads the number. */
export async function countPublished(db: Kysely<Schema>, noun: Noun, filters: Filters, most: number): Promise<number> {
  const { rows } = await sql<{ counted: number }>`
    ${filters.search === undefined ? sql`` : plannedAnew}select count(*) as counted from (
      select from ${sql.table(`published_${noun}`)} where status = 'published' ${conditions(filters)} limit ${most}) fitting`.execute(
    db,
  )
  return rows[0]?.counted ?? 0
}

function conditions({ search, organisationIds, counties, period, leastHours }: Filters): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = []
  if (search !== undefined) all.push(sql`search @@ ${search}::tsquery`)
  if (organisationIds?.length === 1) all.push(sql`organisation_id = ${organisationIds[0]}::uuid`)
  else if (organisationIds?.length) all.push(sql`organisation_id = any(${[...organisationIds]}::uuid[])`)
  if (counties?.length === 1) all.push(sql`county_code = ${counties[0]}`)
  else if (counties?.length) all.push(sql`county_code = any(${[...counties]}::text[])`)
  if (period) all.push(sql`${starts} < ${period.to}::date and ends > ${period.from}::date`)
  if (leastHours !== undefined) all.push(sql`most_left >= ${leastHours}`, enoughLeft(leastHours, period))
  else if (period) all.push(runsIn(period))
  return all.length === 0 ? sql`` : sql`and ${sql.join(all, sql` and `)}`
}

/** Not only from its first day to its last: what is for two terms does not run in the summer between them. */
function runsIn({ from, to }: Period): RawBuilder<unknown> {
  return sql`(extent -> 1 is null or exists (
    select from jsonb_to_recordset(extent) as stretch("fromWeek" date, "toWeek" date)
    where stretch."toWeek" > ${from}::date and stretch."fromWeek" < ${to}::date))`
}

/** Enough hours in some week that is still to come, within the period when there is one. */
function enoughLeft(hours: number, period: Period | undefined): RawBuilder<unknown> {
  // The clock is asked once, and not for each stretch.
  const today = sql`(select app_today())`
  const from = period ? sql`greatest(${period.from}::date, ${today})` : today
  const to = period ? sql`${period.to}::date` : sql`'infinity'::date`
  return sql`exists (
    select from jsonb_to_recordset(remaining) as stretch("fromWeek" date, "toWeek" date, "hoursPerWeek" float8)
    where stretch."hoursPerWeek" >= ${hours} and stretch."toWeek" > ${from} and stretch."fromWeek" < ${to})`
}
