import { z } from 'zod'
import { defineEvent } from '../event.ts'

export const organisationKinds = [
  'municipality',
  'region',
  'national_association',
  'university',
  'independent_provider',
  'development_environment',
  'national_actor',
  'municipal_federation',
] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** What every service may know of an organisation: public facts from the municipality register. */
export const OrganisationFacts = z.object({
  organisationId: z.uuid(),
  kind: z.enum(organisationKinds),
  /** Official name, such as `Norbergs kommun`. */
  name: z.string(),
  /** Short name, such as `Norberg`. */
  shortName: z.string(),
  /** SCB municipality code, four digits; null for others. */
  municipalityCode: z.string().nullable(),
  countyCode: z.string().nullable(),
  population: z.int().nullable(),
  /** SKR's municipality group, such as `B3`. */
  skrGroup: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
})
export type OrganisationFacts = z.infer<typeof OrganisationFacts>

/** An organisation was registered or its facts changed; carries all of them. */
export const organisationChanged = defineEvent('identity.organisation_changed.v1', 'organisation', OrganisationFacts)
