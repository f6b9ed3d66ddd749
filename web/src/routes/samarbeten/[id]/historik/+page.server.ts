import { historyPage } from '#lib/server/arrangements/history.ts'
import { arrangementHead } from '#lib/server/arrangements/page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url }) => {
  const cursor = url.searchParams.get('efter')
  const [{ arrangement, title }, history] = await Promise.all([
    arrangementHead(locals, params.id),
    historyPage(locals.services, params.id, cursor),
  ])
  return { id: arrangement.id, title, cursor, ...history }
}
