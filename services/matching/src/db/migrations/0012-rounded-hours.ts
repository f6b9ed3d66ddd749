import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Hours may be unmet because a plan is made in whole quarters. */
export const roundedHours: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`
      alter table plan_unmet drop constraint plan_unmet_reason_check, add constraint plan_unmet_reason_check
        check (reason in ('no_offer', 'excluded', 'taken_by_others', 'slice_too_small', 'too_many_providers', 'same_hours',
          'period', 'rounded'))`.execute(db)
  },
}
