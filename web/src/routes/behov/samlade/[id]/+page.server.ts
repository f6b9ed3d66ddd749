import { live } from '#lib/live.ts'
import { poolActions } from '#lib/server/pooling/actions.ts'
import { pooledNeedPage } from '#lib/server/pooling/page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url, depends }) => {
  depends(live('pooled_need'))
  depends(live('match'))
  depends(live('arrangement'))
  return { pooled: await pooledNeedPage(locals, params.id), done: url.searchParams.get('gjort') }
}

const { inviteToPool, joinPool, leavePool } = poolActions
export const actions: Actions = { inviteToPool, joinPool, leavePool }
