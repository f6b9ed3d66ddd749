import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { listPage } from '#lib/server/arrangements/list-page.ts'
import { withoutEmpty } from '#lib/server/marketplace/address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url, depends }) => {
  depends(live('arrangement'))
  const clean = withoutEmpty(url)
  if (clean) redirect(303, clean)
  return listPage(locals.services, url)
}
