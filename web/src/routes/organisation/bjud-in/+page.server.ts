import { InvitePerson, rolesIn } from '@samkraft/contracts/identity'
import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import { act } from '#lib/server/form.ts'
import { mayAdminister } from '#lib/server/identity/people.ts'
import { sentence } from '#lib/server/problem.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals: { actor } }) => {
  if (!actor || !mayAdminister(actor)) error(403, sentence('auth.role_needed'))
  return { roles: rolesIn(actor.organisation.kind) }
}

export const actions: Actions = {
  default: (event) =>
    act(
      event,
      {
        labels: { email: m.person_email, title: m.person_title, roles: m.person_roles },
        beside: { 'person.already_member': 'email', 'person.is_disabled': 'email', 'person.role_not_here': 'roles' },
      },
      async (form) => {
        const input = form.input(InvitePerson, {
          email: form.text('email'),
          title: form.text('title'),
          roles: form.all('roles'),
        })
        // No redirect: the secret is in no address and no store of ours. A repeat of the same form gives the same link.
        const { secret, expiresAt } = await event.locals.services.identity.person.invite.mutate(input)
        const link = new URL(paths.invitation(secret), event.url).href
        return { invited: { email: input.email, link, expiresAt } }
      },
    ),
}
