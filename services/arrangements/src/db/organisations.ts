import type { OrganisationRef } from '@samkraft/contracts/arrangements'
import type { OrganisationFacts } from '@samkraft/contracts/identity'
import { type Kysely, sql } from 'kysely'
import type { OrganisationTable, Schema } from './schema.ts'

/** Keeps our copy of an organisation's public facts. */
export async function saveOrganisation(db: Kysely<Schema>, facts: OrganisationFacts): Promise<void> {
  const row = { kind: facts.kind, name: facts.name, short_name: facts.shortName, county_code: facts.countyCode }
  await db
    .insertInto('organisation')
    .values({ id: facts.organisationId, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

export type NameOf = (organisationId: string) => OrganisationRef

type NameRow = Pick<OrganisationTable, 'id' | 'name' | 'short_name'>

function names(db: Kysely<Schema>) {
  return db.selectFrom('organisation').select(['id', 'name', 'short_name'])
}

/** One that the register has not told us of yet is shown without a name. */
export function toNameOf(rows: readonly NameRow[]): NameOf {
  const known = new Map(rows.map((row) => [row.id, { id: row.id, name: row.name, shortName: row.short_name }]))
  return (id) => known.get(id) ?? { id, name: '', shortName: '' }
}

const swedish = new Intl.Collator('sv')

/** The order of names in lists: Swedish names are sorted as Swedish does, å ä ö last. */
export function byName(a: OrganisationRef, b: OrganisationRef): number {
  return swedish.compare(a.shortName, b.shortName)
}

/** The names of these organisations. */
export async function namesOf(db: Kysely<Schema>, ids: Iterable<string>): Promise<NameOf> {
  const wanted = [...new Set(ids)]
  return toNameOf(wanted.length === 0 ? [] : await names(db).where('id', 'in', wanted).execute())
}

/** The names of those an arrangement concerns. */
export function namesConcernedQuery(db: Kysely<Schema>, arrangementId: string) {
  const concerned = sql<string>`(select unnest(concerns) from arrangement where id = ${arrangementId}::uuid)`
  return names(db).where('id', 'in', concerned)
}

/** The region that coordinates the county of the first of these organisations that has one; null when none takes part. */
export async function findRegion(db: Kysely<Schema>, ids: readonly string[]): Promise<string | null> {
  const rows = await db.selectFrom('organisation').select(['id', 'county_code']).where('id', 'in', ids).execute()
  const counties = ids.map((id) => rows.find((row) => row.id === id)?.county_code)
  const county = counties.find((code) => code)
  return county ? findRegionOf(db, county) : null
}

/** The region that coordinates a county; null when there is none. */
export async function findRegionOf(db: Kysely<Schema>, county: string): Promise<string | null> {
  const region = await db
    .selectFrom('organisation')
    .select('id')
    .where('kind', '=', 'region')
    .where('county_code', '=', county)
    .orderBy('id')
    .executeTakeFirst()
  return region?.id ?? null
}

/** Every region that may coordinate arrangements. */
export async function readRegions(db: Kysely<Schema>): Promise<string[]> {
  const rows = await db.selectFrom('organisation').select('id').where('kind', '=', 'region').orderBy('id').execute()
  return rows.map(({ id }) => id)
}
