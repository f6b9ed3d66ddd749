import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from '../src/db/schema.ts'
import { relations } from './builders.ts'

/**
 * A national market made up in the database itself, the same every time: 290 municipalities, offers and requests spread
 * evenly over the competences the relations name, over terms of 2027 and 2028, and over 4–40 hours a week; an eighth of them
 * elsewhere than at their owner's. Nothing in it is behind, so it can be looked up but nothing in it is matched.
 */
export async function fillMarket(
  admin: Kysely<Schema>,
  { offers, requests, competences = manyCompetences() }: { offers: number; requests: number; competences?: string[] },
): Promise<void> {
  await sql`
    insert into organisation (organisation_id, kind, county_code, population, latitude, longitude)
    select ${uuid(1)}, 'municipality', lpad((n % 21 + 1)::text, 2, '0'), 2500 + n * 700, 55.4 + (n * 37 % 290) * 0.043,
      11.6 + (n * 73 % 290) * 0.03
    from generate_series(1, 290) n`.execute(admin)
  await sql`
    insert into offer (offer_id, organisation_id, place_organisation_id, revision, open, facts)
    select offer_id, organisation_id, elsewhere, 1, true, jsonb_build_object('offerId', offer_id, 'version', 1, 'kind', 'competence',
      'mainCompetence', main, 'otherCompetences', case when n % 4 = 0 then jsonb_build_array(other) else '[]' end,
      'licence', (array['none', 'claimed', 'documented'])[n % 3 + 1],
      'segments', jsonb_build_array(jsonb_build_object('period', jsonb_build_object('from', from_week, 'to', to_week), 'hoursPerWeek', hours)),
      'slice', (array[1, 2, 4])[n % 3 + 1], 'place', (array['on_site', 'remote', 'hybrid'])[n / 3 % 3 + 1],
      'placeOrganisationId', elsewhere, 'travelKm', case when n / 3 % 3 = 1 then null else 20 + n % 10 * 20 end, 'focusAreas', '[]'::jsonb, 'languages', '[]'::jsonb,
      'costModel', 'actual_hours', 'orePerHour', 50000 + n % 50 * 1000, 'confirmedUntil', to_week,
      'left', jsonb_build_array(jsonb_build_object('fromWeek', from_week, 'toWeek', to_week, 'hoursPerWeek', hours)))
    from ${things(offers, 2, competences)}`.execute(admin)
  await sql`
    insert into offer_competence (offer_id, competence, period, organisation_id, place_organisation_id, most_hours, place, travel_km)
    select offer_id, competence, daterange((facts->'left'->0->>'fromWeek')::date, (facts->'left'->0->>'toWeek')::date),
      organisation_id, place_organisation_id, (facts->'left'->0->>'hoursPerWeek')::float8, facts->>'place', (facts->>'travelKm')::int
    from offer cross join lateral (
      select facts->>'mainCompetence' as competence union select jsonb_array_elements_text(facts->'otherCompetences')) c
    where offer_id < ${afterAll}::uuid`.execute(admin)
  await sql`
    insert into request (request_id, organisation_id, place_organisation_id, open, opened_at, computed_at, facts)
    select offer_id, organisation_id, elsewhere, true, now(), now(), jsonb_build_object('requestId', offer_id, 'version', 1,
      'requiredCompetences', jsonb_build_array(main), 'preferredCompetences', '[]'::jsonb, 'licenceRequired', n % 2 = 0,
      'segments', jsonb_build_array(jsonb_build_object('period', jsonb_build_object('from', from_week, 'to', to_week), 'hoursPerWeek', hours)),
      'least', 1 + n % 3, 'periodFixed', n % 5 > 0, 'place', (array['on_site', 'remote', 'hybrid'])[n / 7 % 3 + 1],
      'placeOrganisationId', elsewhere, 'cause', 'vacancy', 'focusAreas', '[]'::jsonb, 'languages', '[]'::jsonb, 'highestOrePerHour', null,
      'left', jsonb_build_array(jsonb_build_object('fromWeek', from_week, 'toWeek', to_week, 'hoursPerWeek', hours)))
    from ${things(requests, 3, competences)}`.execute(admin)
  await sql`
    insert into request_competence (request_id, competence, period)
    select request_id, facts->'requiredCompetences'->>0,
      daterange((facts->'left'->0->>'fromWeek')::date, (facts->'left'->0->>'toWeek')::date)
    from request where request_id < ${afterAll}::uuid`.execute(admin)
  for (const table of ['organisation', 'offer', 'offer_competence', 'request', 'request_competence'] as const)
    await sql`vacuum analyze ${sql.table(table)}`.execute(admin)
}

/** All its ids come before this one, and those of any real thing after. */
const afterAll = '00000001-0000-0000-0000-000000000000'

/** The ids of the market's things by number. */
export const synthetic = {
  organisation: (number: number) => syntheticId(1, number),
  offer: (number: number) => syntheticId(2, number),
  request: (number: number) => syntheticId(3, number),
}

function syntheticId(kind: number, number: number): string {
  return `00000000-0000-7000-800${kind}-${String(number).padStart(12, '0')}`
}

function manyCompetences(): string[] {
  const start = [
    'skolpsykolog',
    'specialpedagog',
    'larare-matematik',
    'utredare',
    'skoljurist',
    'it-strateg',
    'registrator',
    'modersmalslarare',
  ]
  const found = new Set(start)
  for (const slug of found) for (const next of relations.offeredFor(slug)) found.add(next)
  return [...found].sort()
}

/** An id that is the same every time, of a kind (1 organisations, 2 offers, 3 requests) and the number `n` in scope. */
function uuid(kind: number) {
  return sql`('00000000-0000-7000-800' || ${kind}::int || '-' || lpad(n::text, 12, '0'))::uuid`
}

/** One of the municipalities, by any number. */
function organisation(number: RawBuilder<unknown>) {
  return sql`('00000000-0000-7000-8001-' || lpad(((${number}) % 290 + 1)::text, 12, '0'))::uuid`
}

function things(count: number, kind: number, competences: string[]) {
  return sql`(
    select n, ${uuid(kind)} as offer_id,
      ${organisation(sql`n * 7919`)} as organisation_id,
      case when n % 8 = 5 then ${organisation(sql`n * 6151 + 97`)} end as elsewhere,
      (${competences}::text[])[n * 31 % ${competences.length}::int + 1] as main,
      (${competences}::text[])[n * 17 % ${competences.length}::int + 1] as other,
      (array['2027-01-11', '2027-08-16', '2028-01-10', '2028-08-14'])[n / 11 % 4 + 1] as from_week,
      (array['2027-06-14', '2027-12-20', '2028-06-12', '2028-12-18'])[n / 11 % 4 + 1] as to_week,
      4 + n % 37 as hours
    from generate_series(1, ${count}::int) n) t`
}
