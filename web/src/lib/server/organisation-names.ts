import type { OrganisationView } from '@samkraft/contracts/identity'
import { ifAnswered } from './refusal.ts'
import type { Services } from './services.ts'

/** How long one reading of an organisation's public facts is used. */
const lasting = 10 * 60_000

export type NamedOrganisation = Pick<OrganisationView, 'name' | 'shortName' | 'municipalityCode' | 'countyCode'>

const known = new Map<string, Readonly<{ facts: NamedOrganisation; until: number }>>()

/**
 * The public names of organisations that another service only knows by id. An organisation that cannot be read now is
 * left without a name: the page is about something else.
 */
export async function organisationNames(
  { identity }: Services,
  ids: readonly string[],
): Promise<(id: string) => NamedOrganisation> {
  const missing = [...new Set(ids)].filter((id) => (known.get(id)?.until ?? 0) < Date.now())
  await Promise.all(
    missing.map(async (organisationId) => {
      const found = await ifAnswered(() => identity.organisation.get.query({ organisationId }))
      if (!found) return
      const { name, shortName, municipalityCode, countyCode } = found
      known.set(organisationId, {
        facts: { name, shortName, municipalityCode, countyCode },
        until: Date.now() + lasting,
      })
    }),
  )
  return (id) => known.get(id)?.facts ?? { name: '–', shortName: '–', municipalityCode: null, countyCode: null }
}
