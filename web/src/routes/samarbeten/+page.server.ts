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
  /** Who drafts no requests is not led to their own. */
  return { ...(await listPage(locals.services, url)), mayAsk: mayPublish(locals.actor) === null }
}
