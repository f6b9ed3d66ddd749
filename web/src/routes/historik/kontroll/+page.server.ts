import { error } from '@sveltejs/kit'
import { sentence } from '#lib/server/problem.ts'
import { areaWords } from '#lib/server/history/area-words.ts'
import { checkLogs, whyNotCheck } from '#lib/server/history/check.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { actor, services } }) => {
  if (whyNotCheck(actor)) error(403, sentence('auth.role_needed'))
  const logs = await checkLogs(services)
  return { logs: logs.map((log) => ({ ...log, name: areaWords[log.area]() })), at: new Date().toISOString() }
}
