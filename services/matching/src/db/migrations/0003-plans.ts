import { enableTenancy } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** The coordinator's allocation plans. They are the coordinating organisation's own: they propose, and bind nobody. */
export const plans: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      create table plan (
        plan_id uuid primary key default uuidv7(),
        organisation_id uuid not null,
        version int not null default 1,
        name text,
        state text not null check (state in ('waiting', 'computing', 'ready', 'stopped', 'failed')),
        created_at timestamptz not null,
        based_on uuid,
        settings jsonb not null,
        locks jsonb not null,
        exclusions jsonb not null,
        market jsonb not null,
        summary jsonb not null
      )`.execute(db)
    await sql`create index plan_newest on plan (organisation_id, plan_id desc)`.execute(db)
    await sql`create index plan_unsaved on plan (created_at) where name is null`.execute(db)
    await enableTenancy(db, 'plan')
    // Who cleans up acts for no organisation and sees only what may go.
    await sql`create policy forgotten_read on plan for select
      using (name is null and created_at < app_now() - interval '30 days')`.execute(db)
    await sql`create policy forgotten on plan for delete
      using (name is null and created_at < app_now() - interval '30 days')`.execute(db)

    // Ids and a lease only, so a worker finds it without acting for an organisation.
    await sql`
      create table plan_work (
        plan_id uuid primary key references plan on delete cascade,
        organisation_id uuid not null,
        request_id text not null,
        progress real not null default 0,
        stop boolean not null default false,
        tries int not null default 0,
        taken_by uuid,
        taken_until timestamptz
      )`.execute(db)

    await sql`
      create table plan_alternative (
        organisation_id uuid not null,
        plan_id uuid not null references plan on delete cascade,
        policy text not null check (policy in ('most_help', 'balanced', 'worst_off_first')),
        figures jsonb not null,
        coverage jsonb not null,
        primary key (plan_id, policy)
      )`.execute(db)
    await enableTenancy(db, 'plan_alternative')

    await sql`
      create table plan_assignment (
        organisation_id uuid not null,
        plan_id uuid not null,
        policy text not null,
        request_id uuid not null,
        offer_id uuid not null,
        lender_id uuid not null,
        borrower_id uuid not null,
        competence text not null,
        place text not null,
        period daterange not null,
        hours_per_week double precision not null,
        hours double precision not null,
        score int not null,
        km int,
        locked boolean not null,
        primary key (plan_id, policy, request_id, offer_id, period),
        foreign key (plan_id, policy) references plan_alternative on delete cascade
      )`.execute(db)
    await enableTenancy(db, 'plan_assignment')

    await sql`
      create table plan_unmet (
        organisation_id uuid not null,
        plan_id uuid not null,
        policy text not null,
        request_id uuid not null,
        borrower_id uuid not null,
        competence text not null,
        reason text not null
          check (reason in ('no_offer', 'taken_by_others', 'slice_too_small', 'too_many_providers', 'period')),
        hours double precision not null,
        hours_asked double precision not null,
        others_lack_the_same boolean not null,
        primary key (plan_id, policy, request_id, reason),
        foreign key (plan_id, policy) references plan_alternative on delete cascade
      )`.execute(db)
    await enableTenancy(db, 'plan_unmet')

    // Which pairs are being arranged, and which came to nothing, so that nobody proposes them a second time.
    await sql`
      create table arrangement_pair (
        arrangement_id uuid not null,
        request_id uuid not null,
        offer_id uuid not null,
        closed_at timestamptz,
        primary key (arrangement_id, request_id)
      )`.execute(db)
    await sql`create index arrangement_pair_pair on arrangement_pair (request_id, offer_id)`.execute(db)
  },
}
