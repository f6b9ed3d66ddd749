import { WithdrawInvitation } from '@samkraft/contracts/identity'
import { rolesIn } from '@samkraft/contracts/identity'
import { error, redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths } from '#lib/paths.ts'
import { act } from '#lib/server/form.ts'
import { neighboursOf } from '#lib/server/identity/neighbours.ts'
import { mayAdminister, peopleOf, whyNotInvite } from '#lib/server/identity/people.ts'
import { wholeOf } from '#lib/server/whole-of.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { actor, services }, url, depends }) => {
  depends(live('person'), live('invitation'))
  if (!actor) error(401)
  const administers = mayAdminister(actor)
  const { organisation: organisations, invitation } = services.identity
  const [organisation, people, invitations] = await Promise.all([
    organisations.get.query({ organisationId: actor.organisationId }),
    peopleOf(services),
    administers ? wholeOf((cursor) => invitation.list.query({ cursor, limit: 100 })) : null,
  ])
  return {
    organisation,
    people,
    /** Null for those who do not invite. */
    invitations,
    neighbours: await neighboursOf(services, organisation),
    roles: rolesIn(organisation.kind),
    administers,
    inviting: whyNotInvite(actor, people),
    done: url.searchParams.get('gjort'),
  }
}

export const actions: Actions = {
  withdraw: (event) =>
    act(event, {}, async (form) => {
      const input = form.input(WithdrawInvitation, { invitationId: form.text('invitationId') })
      await event.locals.services.identity.invitation.withdraw.mutate(input)
      redirect(303, `${paths.organisation}?gjort=withdrawn`)
    }),
}
