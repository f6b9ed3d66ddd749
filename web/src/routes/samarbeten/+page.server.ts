import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { listPage } from '#lib/server/arrangements/list-page.ts'
import { mayPublish } from '#lib/server/marketplace/moves.ts'
import { withoutEmpty } from '#lib/server/marketplace/address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, depends }) => {
  depends(live('arrangement'))
  const clean = withoutEmpty(url)
  if (clean) redirect(303, clean)
  return {
    ...(await listPage(locals.services, url)),
    /** Who drafts no requests is not led to their own. */
    mayAsk: mayPublish(locals.actor) === null,
    /** Who takes part in none follows them all. */
    follows: locals.actor?.roles.includes('process_support') ?? false,
  }
}
