import { redirect } from '@sveltejs/kit'
import { SignIn } from '@samkraft/contracts/identity'
import { m } from '#lib/i18n.ts'
import { ownPath } from '#lib/own-path.ts'
import { act } from '#lib/server/form.ts'
import { keepSecret, readSecret } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.actor) redirect(303, ownPath(url.searchParams.get('till')))
  return { onward: url.searchParams.has('till'), signedOut: url.searchParams.has('ut') }
}

export const actions: Actions = {
  default: (event) =>
    act(event, { labels: { email: m.sign_in_email, password: m.sign_in_password } }, async (form) => {
      const credentials = form.input(SignIn, {
        email: form.text('email'),
        password: form.verbatim('password'),
        replaces: readSecret(event.cookies) ?? undefined,
      })
      const { secret } = await event.locals.services.identity.session.signIn.mutate(credentials)
      keepSecret(event.cookies, secret)
      redirect(303, ownPath(event.url.searchParams.get('till')))
    }),
}
