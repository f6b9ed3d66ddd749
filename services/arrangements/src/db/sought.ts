import type { SoughtWord } from '@samkraft/contracts/arrangements'
import { type RawBuilder, sql } from 'kysely'

/**
 * What is looked for: every word, in the reference, in a diary number, in the name of a party or as a competence; null for all.
 * Names and diary numbers are looked through once for each word, and not for each arrangement. `strpos`, not `like`: what people
 * type may hold % and _.
 */
export function sought(table: 'arrangement' | 'a', words: readonly SoughtWord[] = []): RawBuilder<boolean> | null {
  const of = (column: string) => sql.ref(`${table}.${column}`)
  const found = words.map(({ text, competences }) => {
    const holds = (column: string) => sql`strpos(lower(${sql.ref(column)}), lower(${text})) > 0`
    return sql`(${holds(`${table}.reference`)}
      or ${of('lender_id')} || ${of('borrower_ids')}
        && array(select o.id from organisation o where ${holds('o.name')} or ${holds('o.short_name')})
      or ${of('id')} = any(array(select p.arrangement_id from party p where ${holds('p.diary_number')}))
      or ${of('competence')} = any(${competences}::text[]))`
  })
  return found.length === 0 ? null : sql`(${sql.join(found, sql` and `)})`
}
