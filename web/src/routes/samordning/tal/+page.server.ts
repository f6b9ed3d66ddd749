import { live } from '#lib/live.ts'
import { mustReadFigures } from '#lib/server/coordination/coordinator.ts'
import { figuresPage } from '#lib/server/coordination/figures-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url, depends }) => {
  mustReadFigures(locals.actor)
  depends(live('arrangement'))
  return figuresPage(locals, url.searchParams.get('lan'))
}
