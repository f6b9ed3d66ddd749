import type { SeeMatches } from '@samkraft/contracts/matching'
import type { RequestEvent } from '@sveltejs/kit'
import { keyFrom } from '../command-key.ts'
import { ifAnswered } from '../refusal.ts'

type Reading = Pick<RequestEvent, 'isDataRequest'> & Readonly<{ locals: Pick<App.Locals, 'services'> }>

/**
 * Whoever looks at matches has seen them: they are no longer news under "Att göra". The same matches looked at again
 * are the same command, which changes nothing. That it could not be said is no reason not to show the page.
 *
 * Data is fetched as soon as a pointer rests on a link, and that is not to look: then this returns what the page says itself
 * once it is shown.
 */
export async function markSeen(
  { isDataRequest, locals }: Reading,
  subject: 'request' | 'offer',
  id: string,
  asOf: string | null,
): Promise<SeeMatches | null> {
  const seen = { commandKey: keyFrom('match.seen', subject, id, asOf), subject, id }
  if (isDataRequest) return seen
  await ifAnswered(() => locals.services.matching.match.seen.mutate(seen))
  return null
}
