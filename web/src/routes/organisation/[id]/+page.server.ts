import { Id } from '@samkraft/contracts'
import { error, redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths } from '#lib/paths.ts'
import { neighboursOf } from '#lib/server/identity/neighbours.ts'
import { sentence } from '#lib/server/problem.ts'
import type { PageServerLoad } from './$types'

/** The newest of each; the market has the rest. */
const shown = 10

export const load: PageServerLoad = async ({ locals: { actor, services }, params, depends }) => {
  const organisationId = params.id
  if (organisationId === actor?.organisationId) redirect(303, paths.organisation)
  if (!Id.safeParse(organisationId).success) error(404, sentence('organisation.not_found'))
  depends(live('offer'), live('request'))
  const { identity, marketplace } = services
  const filter = { organisationIds: [organisationId], limit: shown }
  const [organisation, offers, requests] = await Promise.all([
    identity.organisation.get.query({ organisationId }),
    marketplace.offer.list.query(filter),
    marketplace.request.list.query(filter),
  ])
  return { organisation, offers, requests, neighbours: await neighboursOf(services, organisation) }
}
