import { SeeMatches } from '@samkraft/contracts/matching'
import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { ifAnswered } from '#lib/server/refusal.ts'
import type { RequestHandler } from './$types'

/** The reader looks at matches on a page whose data was fetched beforehand. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const seen = SeeMatches.safeParse(await request.json().catch(() => null))
  if (!seen.success) error(422, m.error_unreadable())
  await ifAnswered(() => locals.services.matching.match.seen.mutate(seen.data))
  return new Response(null, { status: 204 })
}
