import { createHash } from 'node:crypto'
import type { OrganisationFacts } from '@samkraft/contracts/identity'
import { addDays } from '@samkraft/kernel'
import { type Kysely, sql } from 'kysely'
import { offers } from '../src/app/kinds.ts'
import { readable, weeksOfListing } from '../src/app/write-listing.ts'
import type { Schema } from '../src/db/schema.ts'
import type { Vocabulary } from '../src/domain/vocabulary.ts'
import { offerDetails } from './builders.ts'

const batch = 2_000

/** A uuid that is the same every time for the same number, and of this version and time order. */
function idOf(kind: string, number: number): string {
  const hash = createHash('sha256').update(`${kind}${number}`).digest('hex')
  const time = (1_700_000_000_000 + number * 1_000).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`
}

/** Organisations as there are municipalities: 290 of them in 21 counties. */
export function manyOrganisations(): OrganisationFacts[] {
  return Array.from({ length: 290 }, (_, index) => {
    const county = String((index % 21) + 1).padStart(2, '0')
    return {
      organisationId: idOf('organisation', index),
      kind: 'municipality',
      name: `Kommun ${index}`,
      shortName: `Kommun ${index}`,
      municipalityCode: `${county}${String(Math.floor(index / 21)).padStart(2, '0')}`,
      countyCode: county,
      population: 10_000 + index,
      skrGroup: 'C8',
      latitude: 55 + (index % 100) / 10,
      longitude: 12 + (index % 90) / 10,
    }
  })
}

const words =
  'utredning handledning elevhälsoteam stöd uppföljning samverkan skolutveckling kartläggning undervisning nätverk metod material rektor lärare arbetslag förskola grundskola gymnasium samtal grupp'.split(
    ' ',
  )
const places = ['on_site', 'hybrid', 'remote'] as const

/**
 * Many published offers, the same every time: spread over organisations, competences, places and the terms of two years.
 * Written in bulk with the rows the service itself would write, but without their events and audit entries.
 */
export async function seedOffers(
  admin: Kysely<Schema>,
  vocabulary: Vocabulary,
  organisations: readonly OrganisationFacts[],
  count: number,
): Promise<void> {
  const slugs = [...vocabulary.keys()]
  for (let start = 0; start < count; start += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - start) }, (_, index) => start + index)
    const rows = numbers.map((number) => offerRow(number, vocabulary, slugs, organisations))
    await sql`
      insert into offer (id, organisation_id, status, version, reference, details, changed_at, published_at)
      select id, "organisationId", status, 1, reference, details, "publishedAt", "publishedAt"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, "organisationId" uuid, status text, reference text, details jsonb, "publishedAt" timestamptz)`.execute(
      admin,
    )
    await sql`
      insert into published_offer (id, organisation_id, county_code, status, starts, ends, closes, confirmed_until, stale,
        most_left, extent, remaining, published_at, search, item, more)
      select id, "organisationId", "countyCode", status, starts, ends, closes, "confirmedUntil", stale, "mostLeft", extent, remaining,
        "publishedAt", setweight(to_tsvector('swedish_plain', name), 'A') || setweight(to_tsvector('swedish_plain', beside), 'B')
          || setweight(to_tsvector('swedish_plain', text), 'D') || array_to_tsvector(labels), item, more
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(id uuid, "organisationId" uuid, "countyCode" text, status text, starts date, ends date, closes date, "confirmedUntil" date,
          stale boolean, "mostLeft" float8, extent jsonb, remaining jsonb, "publishedAt" timestamptz, name text, beside text, text text,
          labels text[], item json, more json)`.execute(admin)
  }
  await sql`vacuum analyze offer, published_offer, organisation`.execute(admin)
}

/** As many published requests as offers that are there, of the same owners, weeks and words. */
export async function seedRequestsLikeOffers(admin: Kysely<Schema>): Promise<void> {
  await sql`insert into published_request select * from published_offer`.execute(admin)
  await sql`vacuum analyze published_request`.execute(admin)
}

function offerRow(
  number: number,
  vocabulary: Vocabulary,
  slugs: readonly string[],
  organisations: readonly OrganisationFacts[],
) {
  const pick = <Value>(values: readonly Value[], salt: number): Value => {
    const value = values[(number * 7 + salt * 13 + Math.floor(number / values.length)) % values.length]
    if (value === undefined) throw new Error('nothing to pick from')
    return value
  }
  const organisation = pick(organisations, 0)
  const from = addDays('2027-01-11', (number % 100) * 7)
  const place = pick(places, 1)
  const hoursPerWeek = 4 + (number % 36)
  const details = offers.settle(
    offerDetails({
      mainCompetence: pick(slugs, 2),
      segments: [{ period: { from, to: addDays(from, 152) }, hoursPerWeek }],
      place,
      travelKm: place === 'remote' ? null : 60,
      description: [3, 4, 5, 6, 7, 8].map((salt) => pick(words, salt * number)).join(' '),
    }),
    '2026-11-23',
  )
  const publishedAt = `${addDays('2025-01-01', Math.floor(number / 200))}T08:${String(Math.floor(number / 4) % 60).padStart(2, '0')}:00.${String(number % 1_000_000).padStart(6, '0')}Z`
  const published = {
    id: idOf('offer', number),
    reference: `${organisation.shortName.toLocaleUpperCase('sv').replace(' ', '-')}-2025-E${number}`,
    version: 1,
    status: 'published' as const,
    owner: {
      id: organisation.organisationId,
      name: organisation.name,
      shortName: organisation.shortName,
      municipalityCode: organisation.municipalityCode,
      countyCode: organisation.countyCode,
    },
    details,
    at: null,
    publishedAt,
    changedAt: publishedAt,
    ...weeksOfListing(offers, details, []),
  }
  const { words: found, ...row } = readable(offers, published, vocabulary, '2026-11-23')
  return {
    ...row,
    ...found,
    reference: published.reference,
    details,
    organisationId: organisation.organisationId,
    countyCode: organisation.countyCode,
  }
}
