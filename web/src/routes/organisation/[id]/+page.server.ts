import { Id } from '@samkraft/contracts'
import { AllowAdministratorNewPassword } from '@samkraft/contracts/identity'
import { error, redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths } from '#lib/paths.ts'
import { act } from '#lib/server/form.ts'
import { neighboursOf } from '#lib/server/identity/neighbours.ts'
import { helpsAdministratorOf } from '#lib/server/identity/people.ts'
import { sentence } from '#lib/server/problem.ts'
import type { Actions, PageServerLoad } from './$types'

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
  const neighbours = await neighboursOf(services, organisation)
  return { organisation, offers, requests, neighbours, helpsAdministrator: helpsAdministratorOf(actor, organisation) }
}

export const actions: Actions = {
  password: (event) =>
    act(event, {}, async (form) => {
      const input = form.input(AllowAdministratorNewPassword, { organisationId: event.params.id })
      const made = await event.locals.services.identity.organisation.allowNewPassword.mutate(input)
      const { secret, expiresAt, email } = made
      // As with an invitation: no redirect, for the secret is in no address and no store of ours.
      return { allowed: { link: new URL(paths.invitation(secret), event.url).href, expiresAt, email } }
    }),
}
