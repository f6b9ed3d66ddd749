import type { Permissions } from '../permission.ts'

const administrator = { who: ['administrator'], rows: 'own' } as const

/**
 * Who may call what in identity. The `anyone` procedures are open because they are how one becomes someone:
 * each asks for a password or for a secret that only its holder knows.
 */
export const identityPermissions = {
  'session.signIn': { who: 'anyone', rows: 'none' },
  'session.enter': { who: 'anyone', rows: 'none' },
  'session.signOut': { who: 'anyone', rows: 'none' },
  'session.switchOrganisation': { who: 'member', rows: 'own' },
  'organisation.list': { who: 'member', rows: 'public' },
  'organisation.get': { who: 'member', rows: 'public' },
  /** For an administrator of the region that coordinates the organisation's county. */
  'organisation.allowNewPassword': { who: ['administrator'], rows: 'party' },
  'person.list': { who: 'member', rows: 'own' },
  'person.invite': administrator,
  'person.changeTitle': administrator,
  'person.changeRoles': administrator,
  'person.disable': administrator,
  'person.enable': administrator,
  'person.allowNewPassword': administrator,
  'invitation.list': administrator,
  'invitation.withdraw': administrator,
  'invitation.get': { who: 'anyone', rows: 'none' },
  'invitation.accept': { who: 'anyone', rows: 'none' },
  'password.change': { who: 'member', rows: 'own' },
  'password.renew': { who: 'anyone', rows: 'none' },
  'audit.list': { who: 'member', rows: 'own' },
  'audit.verify': { who: ['administrator', 'registrar'], rows: 'own' },
} as const satisfies Permissions
