import type { SeeMatches } from '@samkraft/contracts/matching'
import { paths } from '#lib/paths.ts'

/** Says that the matches of a page are seen, now that it is shown. That it could not be said is nobody's concern: they stay news. */
export function tellSeen(seen: SeeMatches | null): void {
  if (!seen) return
  const headers = { 'content-type': 'application/json' }
  void fetch(paths.seen, { method: 'POST', headers, body: JSON.stringify(seen), keepalive: true }).catch(
    () => undefined,
  )
}
