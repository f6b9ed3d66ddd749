import { CompetenceGroup, type CompetenceDetail, type CompetenceView } from '@samkraft/contracts/marketplace'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Vocabulary } from '../domain/vocabulary.ts'
import type { CompetenceTable, Schema } from './schema.ts'

/** All competences by slug, to name and to check by; read when a process starts. */
export async function readVocabulary(db: Kysely<Schema>): Promise<Vocabulary> {
  const rows = await db.selectFrom('competence').selectAll().orderBy('position').execute()
  return new Map(rows.map((row) => [row.slug, nameOf(row)]))
}

/** A page in the vocabulary's own order. */
export async function listCompetences(
  db: Kysely<Schema>,
  { group, after, limit }: { group?: string | undefined; after: number; limit: number },
): Promise<(CompetenceView & { position: number })[]> {
  const rows = await db
    .selectFrom('competence')
    .selectAll()
    .where('position', '>', after)
    .$if(group !== undefined, (query) => query.where('group_slug', '=', group ?? ''))
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...viewOf(row), position: row.position }))
}

/** One competence with its codes, the words it goes by and what can stand in for it; null when there is none. */
export async function readCompetence(db: Kysely<Schema>, slug: string): Promise<CompetenceDetail | null> {
  const row = await db.selectFrom('competence').selectAll().where('slug', '=', slug).executeTakeFirst()
  if (!row) return null
  const [codes, ssyk, occupations, skills, substitutes] = await Promise.all([
    db
      .selectFrom('competence_code')
      .select(['system', 'code', 'label'])
      .where('slug', '=', slug)
      .orderBy('system')
      .orderBy('code')
      .execute(),
    readSsyk(db, slug),
    readOccupations(db, slug),
    readSkills(db, slug),
    readSubstitutes(db, slug),
  ])
  return { ...viewOf(row), codes, ssyk, occupations, skills, substitutes }
}

function nameOf({ slug, group_slug, sv, en }: Selectable<CompetenceTable>) {
  return { slug, group: CompetenceGroup.parse(group_slug), sv, en }
}

function viewOf(row: Selectable<CompetenceTable>): CompetenceView {
  const proposed = (sv: string) => ({ sv, status: 'proposal' as const })
  return {
    ...nameOf(row),
    licence: row.licence === null ? null : proposed(row.licence),
    legalRoute: row.route === null || row.route_key === null ? null : { ...proposed(row.route), key: row.route_key },
  }
}

async function readSsyk(db: Kysely<Schema>, slug: string) {
  const { rows } = await sql<{ code: string; name: string }>`
    with recursive upwards as (
      select s.* from competence_code c join ssyk s on s.code = c.code where c.slug = ${slug} and c.system = 'ssyk-2012'
      union select s.* from ssyk s join upwards u on s.code = u.parent
    ) select code, name from upwards order by level, code`.execute(db)
  return rows
}

const ownOccupations = (slug: unknown) => sql`
  select o.id, o.name, o.aliases from competence_code c join occupation o on o.id = c.code
  where c.slug = ${slug} and c.system = 'jobtech-occupation-name'`

async function readOccupations(db: Kysely<Schema>, slug: string) {
  const { rows } = await sql<{ name: string; aliases: string[] }>`
    select name, aliases from (${ownOccupations(slug)}) own order by name`.execute(db)
  return rows
}

/** Skills of its own codes and of its SSYK group. */
async function readSkills(db: Kysely<Schema>, slug: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select s.name from competence_code c join skill s on s.id = c.code where c.slug = ${slug} and c.system = 'jobtech-skill'
    union
    select s.name from competence_code c join ssyk_skill g on g.ssyk = c.code join skill s on s.id = g.skill_id
    where c.slug = ${slug} and c.system = 'ssyk-2012'
    order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function readSubstitutes(db: Kysely<Schema>, slug: string) {
  const { rows } = await sql<Selectable<CompetenceTable> & { percent: number }>`
    select other.*, max(r.percent)::int as percent
    from (${ownOccupations(slug)}) own
    join occupation_substitute r on r.occupation_id = own.id
    join competence_code c on c.code = r.substitute_id and c.system = 'jobtech-occupation-name'
    join competence other on other.slug = c.slug and other.slug <> ${slug}
    group by other.slug order by max(r.percent) desc, other.position`.execute(db)
  return rows.map((row) => ({ ...nameOf(row), percent: row.percent }))
}
