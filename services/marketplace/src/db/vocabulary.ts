import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'
import type { VocabularyFiles } from './vocabulary-files.ts'

const lockKey = 'marketplace.vocabulary'

/** Which files the vocabulary was loaded from. Whoever is loading it now is waited for. */
export async function loadedHash(tx: Transaction<Schema>): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${lockKey}, 0))`.execute(tx)
  const row = await tx.selectFrom('vocabulary_source').select('hash').executeTakeFirst()
  return row?.hash ?? null
}

/** Puts these in place of what was there. Competences are only added to and changed: offers name them for ever. */
export async function replaceVocabulary(
  tx: Transaction<Schema>,
  hash: string,
  sources: VocabularyFiles,
): Promise<void> {
  for (const table of [
    'competence_code',
    'occupation',
    'occupation_substitute',
    'skill',
    'ssyk',
    'ssyk_skill',
  ] as const) {
    await tx.deleteFrom(table).execute()
  }
  const { competences, codes, occupations, skills, ssyk, ssykSkills, substitutes } = sources
  await sql`
    insert into competence (slug, group_slug, sv, en, licence, route_key, route, position)
    select slug, "group", sv, en, licence, "routeKey", route, row_number() over ()
    from ${rows(competences)} as r(slug text, "group" text, sv text, en text, licence text, "routeKey" text, route text)
    on conflict (slug) do update set group_slug = excluded.group_slug, sv = excluded.sv, en = excluded.en, licence = excluded.licence,
      route_key = excluded.route_key, route = excluded.route, position = excluded.position`.execute(tx)
  await sql`
    insert into competence_code (slug, system, code, label)
    select slug, system, code, label from ${rows(codes)} as r(slug text, system text, code text, label text)`.execute(
    tx,
  )
  await sql`
    insert into ssyk (code, level, name, parent)
    select code, level, name, parent from ${rows(ssyk)} as r(code text, level int, name text, parent text)`.execute(tx)
  await sql`
    insert into occupation (id, name, ssyk, aliases)
    select id, name, ssyk, aliases from ${rows(occupations)} as r(id text, name text, ssyk text, aliases text[])`.execute(
    tx,
  )
  await sql`
    insert into occupation_substitute (occupation_id, substitute_id, percent)
    select occupation, substitute, percent from ${rows(substitutes)} as r(occupation text, substitute text, percent int)`.execute(
    tx,
  )
  await sql`insert into skill (id, name) select id, name from ${rows(skills)} as r(id text, name text)`.execute(tx)
  await sql`insert into ssyk_skill (ssyk, skill_id) select ssyk, skill from ${rows(ssykSkills)} as r(ssyk text, skill text)`.execute(
    tx,
  )
  await sql`
    insert into vocabulary_source (one, hash) values (true, ${hash})
    on conflict (one) do update set hash = excluded.hash, loaded_at = now()`.execute(tx)
}

function rows(values: readonly object[]) {
  return sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb)`
}
