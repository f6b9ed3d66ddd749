import { ChangePassword } from '@samkraft/contracts/identity'
import { redirect } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import { act } from '#lib/server/form.ts'
import { besidePasswords, mustBeSame, passwordRules } from '#lib/server/identity/new-password.ts'
import { readSecret } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = () => ({ rules: passwordRules() })

const labels = {
  currentPassword: m.password_current,
  newPassword: m.password_new,
  newPasswordAgain: m.password_again,
}

export const actions: Actions = {
  default: (event) =>
    act(event, { labels, beside: besidePasswords('newPassword', 'currentPassword'), personal: true }, async (form) => {
      const input = form.input(ChangePassword, {
        currentPassword: form.verbatim('currentPassword'),
        newPassword: form.verbatim('newPassword'),
        secret: readSecret(event.cookies) ?? '',
      })
      mustBeSame(form, 'newPassword', 'newPasswordAgain')
      await event.locals.services.identity.password.change.mutate(input)
      redirect(303, `${paths.account}?gjort=password`)
    }),
}
