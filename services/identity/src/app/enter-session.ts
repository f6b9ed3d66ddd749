import { type Service, services } from '@samkraft/contracts'
import type { EnteredSession, EnterSession } from '@samkraft/contracts/identity'
import { signActorToken } from '@samkraft/http'
import { type Actor, DomainError } from '@samkraft/kernel'
import type { OpenContext } from '../context.ts'
import { asHolder } from '../db/access.ts'
import { enterSession as readSession } from '../db/sessions.ts'
import { displayName } from '../domain/organisation.ts'
import { hashSecret } from '../domain/secret.ts'

/**
 * Who this secret makes the caller, right now: asked at each web request, so that a changed role, a disabled membership
 * and a closed session bite at once. That it was used is noted, unless nobody did anything (ASVS 5.0.0 7.3.1).
 * Throws `unauthenticated session.ended`, whatever it was that ended it.
 */
export async function enterSession(
  { db, actorPrivateKey }: OpenContext,
  { secret, byItself = false }: EnterSession,
): Promise<EnteredSession> {
  const secretHash = hashSecret(secret)
  const memberships = await asHolder(db, secretHash, (tx) => readSession(tx, secretHash, { used: !byItself }))
  const present = memberships.find((membership) => membership.present)
  if (!present) throw new DomainError('unauthenticated', 'session.ended')

  const { person_id: personId, organisation_id: organisationId, roles, title, name } = present
  return {
    personId,
    organisationId,
    roles,
    title,
    displayName: displayName(title, name),
    organisation: {
      organisationId,
      name,
      shortName: present.short_name,
      kind: present.kind,
      code: present.municipality_code,
      countyCode: present.county_code,
    },
    memberships: memberships.map((membership) => ({
      organisationId: membership.organisation_id,
      organisationName: membership.name,
      organisationShortName: membership.short_name,
      title: membership.title,
      roles: membership.roles,
    })),
    tokens: tokensFor({ personId, organisationId, roles }, actorPrivateKey, Date.now()),
  }
}

/** One token per service: what one of them is shown is of no use at another (ASVS 5.0.0 9.2.3). */
function tokensFor(actor: Actor, key: OpenContext['actorPrivateKey'], now: number): Record<Service, string> {
  const entries = services.map((service) => [service, signActorToken(key, actor, service, now)])
  // Built from `services`, so every one of them is there.
  return Object.fromEntries(entries) as Record<Service, string>
}
