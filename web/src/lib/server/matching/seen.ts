import { keyFrom } from '../command-key.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'

/**
 * Whoever looks at matches has seen them: they are no longer news under "Att göra". The same matches looked at again
 * are the same command, which changes nothing. That it could not be said is no reason not to show the page.
 */
export async function markSeen(
  { matching }: Services,
  subject: 'request' | 'offer',
  id: string,
  asOf: string | null,
): Promise<void> {
  const commandKey = keyFrom('match.seen', subject, id, asOf)
  await ifAnswered(() => matching.match.seen.mutate({ commandKey, subject, id }))
}
