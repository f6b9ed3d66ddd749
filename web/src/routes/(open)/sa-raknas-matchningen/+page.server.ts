import { exampleOf } from '#lib/server/matching/example.ts'
import { rulesSaid } from '#lib/server/matching/rules.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { services } }) => {
  const rules = await services.matching.rules.get.query()
  return { ...rulesSaid(rules), example: exampleOf(rules) }
}
