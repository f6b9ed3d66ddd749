import { enableTenancy } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'

/**
 * Offers and requests: what their owner keeps, private; and what is published, for every party to read.
 *
 * The published tables have no row-level security: a full-text operator may not use its index under a policy, since it is not
 * leakproof. Their rows are written in the transaction that changes the private one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const noun of ['offer', 'request']) {
    const own = sql.table(noun)
    await sql`
      create table ${own} (
        id uuid primary key,
        organisation_id uuid not null,
        status text not null check (status in ('draft', 'published', 'paused', 'withdrawn', 'expired')),
        version int not null,
        reference text,
        details jsonb not null,
        created_by uuid,
        created_at timestamptz not null default now(),
        changed_at timestamptz not null,
        published_at timestamptz,
        check ((status = 'draft') = (reference is null)),
        check ((status = 'draft') = (published_at is null)),
        unique (organisation_id, reference)
      )`.execute(db)
    await sql`create index ${sql.id(`${noun}_mine`)} on ${own} (organisation_id, changed_at desc, id desc)`.execute(db)
    await enableTenancy(db, noun)

    const published = sql.table(`published_${noun}`)
    await sql`
      create table ${published} (
        id uuid primary key,
        organisation_id uuid not null,
        county_code text,
        status text not null,
        starts date,
        ends date,
        closes date not null,
        confirmed_until date,
        stale boolean not null,
        most_left float8 not null,
        extent jsonb not null,
        remaining jsonb not null,
        published_at timestamptz not null,
        search tsvector not null,
        item json not null,
        more json not null
      )`.execute(db)
    // A word's own frequency decides whether to go by the index or by the date, so the statistics must know many words.
    await sql`alter table ${published} alter column search set statistics 1000`.execute(db)
    const index = (name: string) => sql.id(`published_${noun}_${name}`)
    const open = sql`where status = 'published'`
    const newest = sql`published_at desc, id desc`
    await sql`create index ${index('newest')} on ${published} (${newest}) ${open}`.execute(db)
    await sql`create index ${index('owner')} on ${published} (organisation_id, ${newest}) ${open}`.execute(db)
    await sql`create index ${index('county')} on ${published} (county_code, ${newest}) ${open}`.execute(db)
    await sql`create index ${index('starts')} on ${published} (starts, id) ${open}`.execute(db)
    await sql`create index ${index('left')} on ${published} (most_left desc, id desc) ${open}`.execute(db)
    await sql`create index ${index('unconfirmed')} on ${published} (confirmed_until) ${open} and not stale`.execute(db)
    await sql`create index ${index('closes')} on ${published} (closes) where status in ('published', 'paused')`.execute(
      db,
    )
    await sql`create index ${index('search')} on ${published} using gin (search)`.execute(db)
    // Every change of an organisation's name or county rewrites its rows, whatever their status.
    await sql`create index ${index('all_of')} on ${published} (organisation_id)`.execute(db)
  }
  await sql`
    create table reference_counter (
      organisation_id uuid not null,
      noun text not null,
      year int not null,
      last int not null,
      primary key (organisation_id, noun, year)
    )`.execute(db)
  await enableTenancy(db, 'reference_counter')
}
