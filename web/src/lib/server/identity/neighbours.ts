import type { OrganisationView } from '@samkraft/contracts/identity'
import { format, m } from '#lib/i18n.ts'
import type { AreaShape } from '#lib/map/area.ts'
import { paths } from '#lib/paths.ts'
import type { AreaValue } from '#lib/ui/county-map.svelte'
import { countyShapes, drawnCounty } from '../county-map.ts'
import type { Services } from '../services.ts'
import { wholeOf } from '../whole-of.ts'

export type Neighbours = Readonly<{ shapes: readonly AreaShape[]; values: readonly AreaValue[] }>

/** The municipalities of an organisation's county on the map, each with its population; null where there is no map. */
export async function neighboursOf({ identity }: Services, of: OrganisationView): Promise<Neighbours | null> {
  if (of.countyCode !== drawnCounty) return null
  const municipalities = await wholeOf((cursor) =>
    identity.organisation.list.query({ countyCode: drawnCounty, kind: 'municipality', cursor, limit: 100 }),
  )
  return {
    shapes: countyShapes,
    values: municipalities.map(({ organisationId, municipalityCode, population }) => ({
      code: municipalityCode ?? '',
      value: population ?? 0,
      text: m.organisation_map_value({ count: format.number(population ?? 0) }),
      href: paths.otherOrganisation(organisationId),
      current: organisationId === of.organisationId,
    })),
  }
}
