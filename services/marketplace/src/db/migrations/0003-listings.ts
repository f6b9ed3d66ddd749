import { enableTenancy } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'

const nouns = ['offer', 'request'] as const

/** Offers and requests: what their owner keeps, private; and what is published, for every party to read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const noun of nouns) {
    await createOwn(db, noun)
    await createPublished(db, `published_${noun}`)
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

async function createOwn(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`
    create table ${sql.table(table)} (
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
  await sql`create index ${sql.id(`${table}_mine`)} on ${sql.table(table)} (organisation_id, changed_at desc, id desc)`.execute(
    db,
  )
  await enableTenancy(db, table)
}

/**
 * No row-level security here: what is published is for every party, and a full-text operator may not use its index under a
 * policy, since it is not leakproof. A row is written in the transaction that changes the private one.
 */
async function createPublished(db: Kysely<unknown>, table: string): Promise<void> {
  await sql`
    create table ${sql.table(table)} (
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
      body json not null
    )`.execute(db)
  const index = (name: string) => sql.id(`${table}_${name}`)
  const on = sql.table(table)
  const open = sql`where status = 'published'`
  // A word's own frequency decides whether to go by the index or by the date, so the statistics must know many words.
  await sql`alter table ${on} alter column search set statistics 1000`.execute(db)
  await sql`create index ${index('newest')} on ${on} (published_at desc, id desc) ${open}`.execute(db)
  await sql`create index ${index('owner')} on ${on} (organisation_id, published_at desc, id desc) ${open}`.execute(db)
  await sql`create index ${index('county')} on ${on} (county_code, published_at desc, id desc) ${open}`.execute(db)
  await sql`create index ${index('starts')} on ${on} (starts, id) ${open}`.execute(db)
  await sql`create index ${index('left')} on ${on} (most_left desc, id desc) ${open}`.execute(db)
  await sql`create index ${index('closes')} on ${on} (closes) where status in ('published', 'paused')`.execute(db)
  await sql`create index ${index('unconfirmed')} on ${on} (confirmed_until) where status = 'published' and not stale`.execute(
    db,
  )
  await sql`create index ${index('search')} on ${on} using gin (search)`.execute(db)
  // Every name and county change of an organisation rewrites its rows, whatever their status.
  await sql`create index ${index('all_of')} on ${on} (organisation_id)`.execute(db)
}
