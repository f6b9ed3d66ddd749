import type { Actor } from '@samkraft/kernel'

/** What a reader may see depends on whose the request is, and on the county the reader coordinates, if any. */
type Subject = Readonly<{ ownerId: string; countyCode: string | null }>

/**
 * Who may read all matches of a request: the organisation that asks, and the coordinator of its county. Others know the
 * request itself, which is public to the parties, but not who fits it.
 */
export function mayReadMatchesOf(request: Subject, actor: Actor, coordinated: string | null): boolean {
  if (request.ownerId === actor.organisationId) return true
  return request.countyCode !== null && request.countyCode === coordinated
}
