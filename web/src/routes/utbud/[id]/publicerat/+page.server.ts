import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => {
  const offer = await locals.services.marketplace.offer.get.query({ offerId: params.id })
  if (offer.owner.id !== locals.actor?.organisationId) error(404, m.error_page_not_found())
  return { offer }
}
