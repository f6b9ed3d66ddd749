import { redirect } from '@sveltejs/kit'
import { paths } from '#lib/paths.ts'
import { forgetSecret, readSecret } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

/** Signing out is a change, so a link does not do it. */
export const load: PageServerLoad = () => redirect(303, paths.start)

export const actions: Actions = {
  default: async ({ cookies, locals }) => {
    const secret = readSecret(cookies)
    if (secret) await locals.services.identity.session.signOut.mutate({ secret })
    forgetSecret(cookies)
    redirect(303, `${paths.signIn()}?${new URLSearchParams({ ut: '1' })}`)
  },
}
