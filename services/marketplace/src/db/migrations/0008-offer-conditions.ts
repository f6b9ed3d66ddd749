import { type Kysely, sql } from 'kysely'

/**
 * What an offer came with at each of its versions, so that what was agreed on under one keeps it. As public as the offer. Of versions
 * from before this was kept only the latest is known.
 */
export async function up<Schema>(db: Kysely<Schema>): Promise<void> {
  await sql`
    create table offer_conditions (
      offer_id uuid not null,
      version int not null,
      cost_basis text,
      conditions text,
      notice_weeks int not null,
      recall_clause text,
      primary key (offer_id, version)
    )`.execute(db)
  await sql`
    insert into offer_conditions (offer_id, version, cost_basis, conditions, notice_weeks, recall_clause)
    select id, (item ->> 'version')::int, more #>> '{details,costBasis}', more #>> '{details,conditions}',
      (more #>> '{details,noticeWeeks}')::int, more #>> '{details,recallClause}'
    from published_offer`.execute(db)
}
