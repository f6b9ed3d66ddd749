import type { Role } from '@samkraft/kernel'

/**
 * Whose rows a procedure touches:
 * `public` what every party may read · `own` the actor's organisation · `party` an arrangement the organisation takes part in
 * (or coordinates), or an organisation of the county it coordinates · `none` no row of any organisation.
 */
type RowScope = 'public' | 'own' | 'party' | 'none'

/** Who may call a procedure. `anyone` needs no sign-in, `member` any role in an organisation. */
export type Permission = Readonly<{
  who: 'anyone' | 'member' | readonly Role[]
  rows: RowScope
}>

/** One row per procedure, keyed by its path (`offer.publish`); a procedure without one stops the boot. */
export type Permissions = Readonly<Record<string, Permission>>
