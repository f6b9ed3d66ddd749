/**
 * What a person may be in an organisation (agreement §5: time, mandate and support for key persons):
 * a membership carries one or more of these.
 */
export const roles = [
  'officer',
  'manager',
  'decider',
  'chair',
  'signatory',
  'coordinator',
  'process_support',
  'registrar',
  'administrator',
] as const

export type Role = (typeof roles)[number]

/** Who acts, and for which organisation. Everything a person does is done for exactly one organisation at a time. */
export type Actor = Readonly<{
  personId: string
  organisationId: string
  roles: readonly Role[]
}>
