import type { ListArrangements } from '@samkraft/contracts/arrangements'
import { type RawBuilder, sql } from 'kysely'

/**
 * What is looked for: words in the reference, in a diary number or in the name of a party, or a competence; null for all. Names
 * and diary numbers are looked through once, and not for each arrangement. `strpos`, not `like`: what people type may hold % and _.
 */
export function sought(
  table: 'arrangement' | 'a',
  { text, competences }: Pick<ListArrangements, 'text' | 'competences'>,
): RawBuilder<boolean> | null {
  const of = (column: string) => sql.ref(`${table}.${column}`)
  const holds = (column: string) => sql`strpos(lower(${sql.ref(column)}), lower(${text})) > 0`
  const ways = [
    ...(text === undefined
      ? []
      : [
          holds(`${table}.reference`),
          sql`${of('lender_id')} || ${of('borrower_ids')} && array(select o.id from organisation o where ${holds('o.name')})`,
          sql`${of('id')} = any(array(select p.arrangement_id from party p where ${holds('p.diary_number')}))`,
        ]),
    ...(competences === undefined ? [] : [sql`${of('competence')} = any(${competences}::text[])`]),
  ]
  return ways.length === 0 ? null : sql`(${sql.join(ways, sql` or `)})`
}
