import type { OrganisationFacts } from '@samkraft/contracts/identity'
import type { Actor } from '@samkraft/kernel'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Position } from '../domain/parties.ts'
import type { Schema } from './schema.ts'

/** The organisation whose seat counts as where an offer or a request is: that of the place it names, else its owner. */
export function seatOf(table: 'f' | 'r' | 'c'): RawBuilder<string> {
  return sql<string>`coalesce(${sql.ref(`${table}.place_organisation_id`)}, ${sql.ref(`${table}.organisation_id`)})`
}

/** Takes over the public facts of an organisation; returns whether its matches may count differently now. */
export async function saveOrganisation(tx: Transaction<Schema>, facts: OrganisationFacts): Promise<boolean> {
  const row = {
    kind: facts.kind,
    short_name: facts.shortName,
    county_code: facts.countyCode,
    population: facts.population,
    latitude: facts.latitude,
    longitude: facts.longitude,
  }
  const before = await tx
    .selectFrom('organisation')
    .selectAll()
    .where('organisation_id', '=', facts.organisationId)
    .executeTakeFirst()
  await tx
    .insertInto('organisation')
    .values({ organisation_id: facts.organisationId, ...row })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(row))
    .execute()
  return (
    before?.kind !== row.kind ||
    before.population !== row.population ||
    before.latitude !== row.latitude ||
    before.longitude !== row.longitude
  )
}

/** The name of the organisation in a column, to order by: its id says nothing to those who read a list. */
export function nameIn(column: string): RawBuilder<string | null> {
  return sql`(select short_name from organisation where organisation_id = ${sql.ref(column)})`
}

export function positionOf({
  latitude,
  longitude,
}: Readonly<{ latitude: number | null; longitude: number | null }>): Position {
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

/** The regions that coordinate a county. */
export async function regionsOfCounty(db: Kysely<Schema>, county: string): Promise<string[]> {
  const rows = await db
    .selectFrom('organisation')
    .select('organisation_id')
    .where('kind', '=', 'region')
    .where('county_code', '=', county)
    .execute()
  return rows.map(({ organisation_id }) => organisation_id)
}

/** The county that a region's coordinator coordinates; null for everyone else, whatever roles a person may hold elsewhere. */
export async function countyCoordinatedBy(
  db: Kysely<Schema>,
  { organisationId, roles }: Actor,
): Promise<string | null> {
  if (!roles.includes('coordinator')) return null
  const row = await db
    .selectFrom('organisation')
    .select('county_code')
    .where('organisation_id', '=', organisationId)
    .where('kind', '=', 'region')
    .executeTakeFirst()
  return row?.county_code ?? null
}

/** The county an organisation lies in, or coordinates; null for one of the whole country. */
export async function countyOf(db: Kysely<Schema>, organisationId: string): Promise<string | null> {
  const row = await db
    .selectFrom('organisation')
    .select('county_code')
    .where('organisation_id', '=', organisationId)
    .executeTakeFirst()
  return row?.county_code ?? null
}

/** The organisations that coordinate the county an organisation lies in. */
export async function regionsOf(db: Kysely<Schema>, organisationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('organisation as region')
    .innerJoin('organisation as o', 'o.county_code', 'region.county_code')
    .select('region.organisation_id')
    .where('region.kind', '=', 'region')
    .where('o.organisation_id', '=', organisationId)
    .execute()
  return rows.map(({ organisation_id }) => organisation_id)
}
