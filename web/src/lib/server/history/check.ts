import { type Permission, type Service } from '@samkraft/contracts'
import { arrangementsPermissions } from '@samkraft/contracts/arrangements'
import { identityPermissions } from '@samkraft/contracts/identity'
import { marketplacePermissions } from '@samkraft/contracts/marketplace'
import { matchingPermissions } from '@samkraft/contracts/matching'
import { m } from '#lib/i18n.ts'
import type { SignedIn } from '#lib/signed-in.ts'
import type { Services } from '../services.ts'
import { type Area, areas } from './read-log.ts'

const policies: Readonly<Record<Area & Service, Permission>> = {
  identity: identityPermissions['audit.verify'],
  marketplace: marketplacePermissions['audit.verify'],
  matching: matchingPermissions['audit.verify'],
  arrangements: arrangementsPermissions['audit.verify'],
}

/** Why this person cannot check that the whole history is untouched; null when they can. */
export function whyNotCheck(actor: SignedIn | null): string | null {
  const may = areas.every((area) => {
    const { who } = policies[area]
    return actor !== null && (typeof who === 'string' || who.some((role) => actor.roles.includes(role)))
  })
  return may ? null : m.log_check_role()
}

/** How many entries each log of the own organisation has, and the first that does not fit; null when all do. */
export function checkLogs(
  services: Services,
): Promise<readonly Readonly<{ area: Area; entries: number; brokenAt: number | null }>[]> {
  return Promise.all(areas.map(async (area) => ({ area, ...(await services[area].audit.verify.query()) })))
}
