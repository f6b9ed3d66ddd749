import type { RequestFacts } from '@samkraft/contracts/marketplace'
import { sql } from 'kysely'
import type { Asked } from '../domain/parties.ts'
import { positionOf } from './organisations.ts'

/** What is read beside a request `r`, of its organisation `o` and of the one where it is `at`, to weigh it. */
export const askingColumns = [
  'o.kind',
  'o.population',
  'at.latitude',
  'at.longitude',
  sql<number>`coalesce((select sum(hours) from arrangement_share where lender_id = r.organisation_id), 0)`.as('given'),
  sql<number>`coalesce((select sum(hours) from arrangement_share where borrower_id = r.organisation_id), 0)`.as(
    'taken',
  ),
] as const

type Row = Readonly<{
  organisation_id: string
  facts: RequestFacts
  kind: string | null
  population: number | null
  latitude: number | null
  longitude: number | null
  given: number
  taken: number
}>

export function toAsked(row: Row): Asked {
  return {
    organisationId: row.organisation_id,
    position: positionOf(row),
    population: row.kind === 'municipality' ? row.population : null,
    balance: { given: row.given, taken: row.taken },
    facts: row.facts,
  }
}
