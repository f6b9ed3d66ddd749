import type { OrganisationView } from '@samkraft/contracts/identity'
import { refusal, unreachable } from './refusal.ts'
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
      try {
        const { name, shortName, municipalityCode, countyCode } = await identity.organisation.get.query({
          organisationId,
        })
        known.set(organisationId, {
          facts: { name, shortName, municipalityCode, countyCode },
          until: Date.now() + lasting,
        })
      } catch (cause) {
        if (!refusal(cause) && !unreachable(cause)) throw cause
      }
    }),
  )
  return (id) => known.get(id)?.facts ?? { name: '–', shortName: '–', municipalityCode: null, countyCode: null }
}
