import type { ListOrganisations, OrganisationPage, OrganisationView } from '@samkraft/contracts/identity'
import { pageOf, positionAt } from '@samkraft/db'
import { type Kysely, type Selectable, sql } from 'kysely'
import { searchable } from '../domain/organisation.ts'
import type { OrganisationTable, Schema } from './schema.ts'

/** Names in Swedish order: å, ä, ö last. */
const byName = sql<string>`short_name collate "sv-x-icu"`

export async function listOrganisations(
  db: Kysely<Schema>,
  { search, countyCode, kind, cursor, limit }: ListOrganisations,
): Promise<OrganisationPage> {
  let query = db
    .selectFrom('organisation')
    .selectAll()
    .orderBy(byName)
    .orderBy('id')
    .limit(limit + 1)
  // `strpos`, not `like`: what people type may hold % and _.
  if (search) query = query.where(sql<boolean>`strpos(search_name, ${searchable(search)}) > 0`)
  if (countyCode) query = query.where('county_code', '=', countyCode)
  if (kind) query = query.where('kind', '=', kind)
  if (cursor) {
    const after = positionAt(cursor)
    query = query.where(sql<boolean>`(${byName}, id) > (${after.text}, ${after.id}::uuid)`)
  }
  const { items, next } = pageOf(await query.execute(), limit, ({ short_name, id }) => [short_name, id])
  return { items: items.map(toView), next }
}

export async function findOrganisation(db: Kysely<Schema>, id: string): Promise<OrganisationView | null> {
  const row = await db.selectFrom('organisation').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? toView(row) : null
}

export async function readAllOrganisations(db: Kysely<Schema>): Promise<OrganisationView[]> {
  return (await db.selectFrom('organisation').selectAll().execute()).map(toView)
}

/** Registers an organisation or replaces its facts. */
export async function saveOrganisation(db: Kysely<Schema>, view: OrganisationView): Promise<void> {
  const { id, ...facts } = toRow(view)
  await db
    .insertInto('organisation')
    .values({ id, ...facts })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(facts))
    .execute()
}

function toView(row: Selectable<OrganisationTable>): OrganisationView {
  return {
    organisationId: row.id,
    kind: row.kind,
    name: row.name,
    shortName: row.short_name,
    municipalityCode: row.municipality_code,
    countyCode: row.county_code,
    countyName: row.county_name,
    population: row.population,
    populationYear: row.population_year,
    skrGroup: row.skr_group,
    skrGroupName: row.skr_group_name,
    organisationNumber: row.organisation_number,
    seat: row.seat,
    latitude: row.latitude,
    longitude: row.longitude,
  }
}

function toRow(view: OrganisationView): OrganisationTable {
  return {
    id: view.organisationId,
    kind: view.kind,
    name: view.name,
    short_name: view.shortName,
    search_name: searchable(`${view.shortName} ${view.name}`),
    municipality_code: view.municipalityCode,
    county_code: view.countyCode,
    county_name: view.countyName,
    population: view.population,
    population_year: view.populationYear,
    skr_group: view.skrGroup,
    skr_group_name: view.skrGroupName,
    organisation_number: view.organisationNumber,
    seat: view.seat,
    latitude: view.latitude,
    longitude: view.longitude,
  }
}
