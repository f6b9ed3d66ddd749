import { SwitchOrganisation } from '@samkraft/contracts/identity'
import { redirect } from '@sveltejs/kit'
import { paths } from '#lib/paths.ts'
import { act } from '#lib/server/form.ts'
import { readSecret } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ url }) => ({
  done: url.searchParams.get('gjort'),
  /** The organisation that was just joined. */
  joined: url.searchParams.get('ny'),
})

export const actions: Actions = {
  switch: (event) =>
    act(event, { personal: true }, async (form) => {
      const input = form.input(SwitchOrganisation, {
        secret: readSecret(event.cookies) ?? '',
        organisationId: form.text('organisationId'),
      })
      await event.locals.services.identity.session.switchOrganisation.mutate(input)
      redirect(303, `${paths.account}?gjort=switched`)
    }),
}
