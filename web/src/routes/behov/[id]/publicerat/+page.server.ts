import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => {
  const request = await locals.services.marketplace.request.get.query({ requestId: params.id })
  if (request.owner.id !== locals.actor?.organisationId) error(404, m.error_page_not_found())
  return { request }
}
