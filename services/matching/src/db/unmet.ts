import { exactInstant } from '@samkraft/db'
import type { UnmetRequest } from '@samkraft/contracts/matching'
import { type Kysely, sql } from 'kysely'
import { overlap } from '@samkraft/kernel'
import { enclosing } from '../domain/parties.ts'
import { demandFrom } from '../domain/share.ts'
import { toRequestSide } from './match-views.ts'
import type { Schema } from './schema.ts'

/** Where a page ends: when the last request was opened, to the microsecond, and its id. */
export type UnmetAfter = Readonly<{ openedAt: string; requestId: string }>

export type UnmetRow = Readonly<{ view: UnmetRequest; after: UnmetAfter }>

/** Open requests of a county that ask for hours from a week on and that no offer serves, the longest open first. One more than `limit`. */
export async function listUnmet(
  db: Kysely<Schema>,
  { county, fromWeek, after, limit }: { county: string; fromWeek: string; after: UnmetAfter | null; limit: number },
): Promise<UnmetRow[]> {
  const rows = await db
    .selectFrom('request as r')
    .innerJoin('organisation as o', 'o.organisation_id', 'r.organisation_id')
    .select(['r.request_id', 'r.organisation_id', 'r.facts', 'r.opened_at', 'r.near'])
    .select([
      exactInstant(sql.ref('r.opened_at')).as('opened_at_text'),
      sql<number | null>`(select max(m.score) from match m where m.request_id = r.request_id)`.as('best_score'),
    ])
    .where('r.open', '=', true)
    .where('r.serving', '=', 0)
    .where('r.computed_at', 'is not', null)
    .where('o.county_code', '=', county)
    // What is covered in full has no row here.
    .where(
      sql<boolean>`exists (
        select from request_competence c where c.request_id = r.request_id and upper(c.period) > ${fromWeek}::date)`,
    )
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(r.opened_at, r.request_id) > (${after?.openedAt ?? null}::timestamptz, ${after?.requestId ?? null}::uuid)`,
      ),
    )
    .orderBy('r.opened_at')
    .orderBy('r.request_id')
    .limit(limit + 1)
    .execute()
  return rows.flatMap((row) => {
    const demand = demandFrom(row.facts.left, fromWeek)
    const own = enclosing(row.facts.segments.map(({ period }) => period))
    const asked = demand && own && overlap(demand.period, own)
    if (!asked) return []
    const view = {
      request: toRequestSide(row.organisation_id, row.facts),
      since: row.opened_at.toISOString(),
      askedHoursPerWeek: demand.hours,
      asked,
      nearMisses: row.near,
      bestScore: row.best_score,
    }
    return [{ view, after: { openedAt: row.opened_at_text, requestId: row.request_id } }]
  })
}
