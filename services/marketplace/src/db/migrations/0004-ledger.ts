import { type Kysely, sql } from 'kysely'

/**
 * The capacity ledger: who holds how many hours of what. Ids and numbers only, and of things that are public between the
 * parties, so without tenancy: a borrower's coverage is the sum over all its lenders.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table hold (
      id uuid primary key default uuidv7(),
      offer_id uuid not null,
      lender_id uuid not null,
      arrangement_id uuid not null,
      borrower_id uuid not null,
      request_id uuid not null,
      period daterange not null check (not isempty(period)),
      hours_per_week float8 not null check (hours_per_week > 0),
      state text not null check (state in ('reserved', 'agreed', 'released')),
      changed_at timestamptz not null default now()
    )`.execute(db)
  await sql`create index hold_offer on hold (offer_id) where state <> 'released'`.execute(db)
  await sql`create index hold_request on hold (request_id) where state <> 'released'`.execute(db)
  await sql`create index hold_arrangement on hold (arrangement_id)`.execute(db)
}
