import { coordinates, identityPermissions, type OrganisationView, type PersonView } from '@samkraft/contracts/identity'
import { format, m } from '#lib/i18n.ts'
import { hasRole, type SignedIn } from '#lib/signed-in.ts'
import { roleSaid } from '../arrangements/said.ts'
import type { Services } from '../services.ts'
import { wholeOf } from '../whole-of.ts'

/** Everybody of the reader's organisation, in order of title. */
export function peopleOf({ identity }: Services): Promise<PersonView[]> {
  return wholeOf((cursor) => identity.person.list.query({ cursor, limit: 100 }))
}

/** Whether this person invites people and gives them roles. The service has the last word. */
export function mayAdminister(actor: SignedIn | null): boolean {
  return actor !== null && identityPermissions['person.invite'].who.some((role) => actor.roles.includes(role))
}

/** Whether this person may help the only administrator of a municipality who has forgotten their password. */
export function helpsAdministratorOf(actor: SignedIn | null, organisation: OrganisationView): boolean {
  if (!actor || !hasRole(actor, identityPermissions['organisation.allowNewPassword'].who)) return false
  return coordinates(actor.organisation, organisation)
}

/** Why this person cannot invite, and who can; null when they can. */
export function whyNotInvite(actor: SignedIn | null, people: readonly PersonView[]): string | null {
  if (mayAdminister(actor)) return null
  const titles = [...new Set(people.filter(administers).map(({ title }) => withinSentence(title)))]
  return titles.length > 0
    ? m.person_invite_administrator({ titles: format.listOr(titles) })
    : m.person_invite_no_administrator()
}

/** The one administrator an organisation has left cannot be taken away. */
export function isLastAdministrator(person: PersonView, people: readonly PersonView[]): boolean {
  return administers(person) && !people.some((other) => other.personId !== person.personId && administers(other))
}

/** What nobody in the organisation would be once this person is blocked, in a sentence; null when others have all the roles. */
export function whatBlockingLeaves(person: PersonView, people: readonly PersonView[]): string | null {
  const others = people.filter(({ personId, disabled }) => personId !== person.personId && !disabled)
  const alone = person.roles.filter((role) => !others.some(({ roles }) => roles.includes(role)))
  return alone.length > 0 ? m.person_disable_leaves({ roles: format.listOr(alone.map(roleSaid)) }) : null
}

function administers({ roles, disabled }: PersonView): boolean {
  return !disabled && roles.includes('administrator')
}

/** A title within a sentence begins with a small letter, unless it begins with an abbreviation: `skolchef`, `IT-chef`. */
function withinSentence(title: string): string {
  return title.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase())
}
