import { readFile } from 'node:fs/promises'
import { type OrganisationView, organisationKinds } from '@samkraft/contracts/identity'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { organisationIdFor } from '../domain/organisation-id.ts'

const text = z.string().transform((value) => value || null)
const number = z.union([z.literal('').transform(() => null), z.coerce.number()])

const Facts = z.object({
  name: z.string().min(1),
  official_name: z.string().min(1),
  county_code: text,
  county: text,
  population: number,
  population_year: number,
  organisation_number: text,
  seat: text,
  latitude: number,
  longitude: number,
})
const Municipality = Facts.extend({ code: z.string().regex(/^\d{4}$/), skr_group: text, skr_group_name: text })
const Other = Facts.extend({ key: z.string().min(1), kind: z.enum(organisationKinds) })

/** The organisations that are known from the start: `data/`, whose SOURCES.md says where the facts come from. */
export async function readRegister(): Promise<OrganisationView[]> {
  const municipalities = await readRows('municipalities.csv', Municipality)
  const others = await readRows('other-organisations.csv', Other)
  return [
    ...municipalities.map((row) => ({
      ...toFacts(row, `municipality:${row.code}`),
      kind: 'municipality' as const,
      municipalityCode: row.code,
      skrGroup: row.skr_group,
      skrGroupName: row.skr_group_name,
    })),
    ...others.map((row) => ({
      ...toFacts(row, row.key),
      kind: row.kind,
      municipalityCode: null,
      skrGroup: null,
      skrGroupName: null,
    })),
  ]
}

async function readRows<Row extends z.ZodType>(file: string, row: Row): Promise<z.output<Row>[]> {
  const content = await readFile(new URL(`../../data/${file}`, import.meta.url), 'utf8')
  return z.array(row).parse(parse(content, { columns: true }))
}

function toFacts(row: z.output<typeof Facts>, key: string) {
  return {
    organisationId: organisationIdFor(key),
    name: row.official_name,
    shortName: row.name,
    countyCode: row.county_code,
    countyName: row.county,
    population: row.population,
    populationYear: row.population_year,
    organisationNumber: row.organisation_number,
    seat: row.seat,
    latitude: row.latitude,
    longitude: row.longitude,
  }
}
