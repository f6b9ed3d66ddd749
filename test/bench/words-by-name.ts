import { connect } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'
import { startThrowawayPostgres } from '../../infra/testing/postgres.ts'
import type { Sources } from '../../services/marketplace/src/domain/resolver/graph.ts'

type NameSearch = (text: string) => Promise<string[]>

/**
 * The bare alternative to understanding words: Postgres' own Swedish full text over the names alone. Any word may be found, what has
 * more of them comes first: asking for all of them would find less still.
 */
export async function openNameSearch(
  sources: Sources,
): Promise<AsyncDisposable & Readonly<Record<'occupations' | 'competences', NameSearch>>> {
  const server = await startThrowawayPostgres()
  const db = connect<unknown>(server.adminUrl, { max: 1 })
  await sql`create table name (kind text, id text, text tsvector)`.execute(db)
  await addNames(db, 'occupation', sources.occupations)
  await addNames(
    db,
    'competence',
    sources.competences.map(({ slug, sv }) => ({ id: slug, name: sv })),
  )
  await sql`create index on name using gin (text)`.execute(db)

  const search =
    (kind: string): NameSearch =>
    async (text) => {
      const { rows } = await sql<{ id: string }>`
        select id from name, (select replace(plainto_tsquery('swedish', ${text})::text, '&', '|')::tsquery) as asked(typed)
        where kind = ${kind} and text @@ typed order by ts_rank(text, typed, 1) desc, id limit 100`.execute(db)
      return rows.map(({ id }) => id)
    }
  return {
    occupations: search('occupation'),
    competences: search('competence'),
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await server.stop()
    },
  }
}

async function addNames(
  db: Kysely<unknown>,
  kind: string,
  names: readonly { id: string; name: string }[],
): Promise<void> {
  const rows = JSON.stringify(names.map(({ id, name }) => ({ id, name })))
  await sql`
    insert into name select ${kind}, id, to_tsvector('swedish', name)
    from jsonb_to_recordset(${rows}::jsonb) as r(id text, name text)`.execute(db)
}
