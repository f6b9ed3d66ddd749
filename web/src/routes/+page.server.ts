import { live } from '#lib/live.ts'
import { tasksPage } from '#lib/server/tasks/tasks-page.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, depends }) => {
  for (const noun of ['arrangement', 'offer', 'request', 'match', 'pooled_need', 'task']) depends(live(noun))
  return tasksPage(locals)
}
