import { AcceptInvitation, RenewPassword } from '@samkraft/contracts/identity'
import { redirect, type RequestEvent } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { act, type Form } from '#lib/server/form.ts'
import { besidePasswords, mustBeSame, passwordRules } from '#lib/server/identity/new-password.ts'
import { refusal } from '#lib/server/refusal.ts'
import { keepSecret, readSecret } from '#lib/server/session.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals }) => ({
  invitation: await locals.services.identity.invitation.get.mutate({ secret: params.secret }),
  rules: passwordRules(),
})

const labels = { password: m.invitation_password, passwordAgain: m.invitation_password_again }

export const actions: Actions = {
  default: (event) =>
    act(
      event,
      { labels, beside: besidePasswords('password', 'password'), personal: true },
      async (form): Promise<never> => {
        const { invitation, password: passwords } = event.locals.services.identity
        const { secret } = event.params
        const password = form.verbatim('password')
        const input = form.input(AcceptInvitation, { secret, password })
        const known = await invitation.get.mutate({ secret }).catch(ifOver)
        if (!known) {
          await sayAgain(event, form, { secret, password })
          redirect(303, paths.signIn())
        }
        const { email, hasAccount, givesNewPassword } = known
        if (givesNewPassword) {
          mustBeSame(form, 'password', 'passwordAgain')
          await passwords.renew.mutate(form.input(RenewPassword, { secret, password }))
          redirect(
            303,
            (await enterWith(event, { email, password }))
              ? withQuery(paths.account, { gjort: 'password' })
              : paths.signIn(),
          )
        }
        if (!hasAccount) mustBeSame(form, 'password', 'passwordAgain')
        const { organisationId } = await invitation.accept.mutate(input)
        const isIn = await enterWith(event, { email, password })
        if (!isIn) redirect(303, paths.signIn())
        // A session begins in the organisation somebody has belonged to the longest: the new one is a choice away.
        redirect(303, hasAccount ? withQuery(paths.account, { ny: organisationId }) : paths.start)
      },
    ),
}

function ifOver(cause: unknown): null {
  if (refusal(cause)?.code === 'invitation.not_valid') return null
  throw cause
}

/**
 * The invitation is over, perhaps by this very form, sent twice or with its answer lost: said again it gets its first answer,
 * and anybody else's is refused as not valid.
 */
async function sayAgain(
  { locals }: RequestEvent,
  form: Form,
  given: Readonly<{ secret: string; password: string }>,
): Promise<void> {
  const { invitation, password } = locals.services.identity
  const accepted = await invitation.accept.mutate(form.input(AcceptInvitation, given)).catch(ifOver)
  if (!accepted) await password.renew.mutate(form.input(RenewPassword, given))
}

/** Signs in whoever has just joined; false when that is refused, and they are sent to the door like everybody else. */
async function enterWith(
  { locals, cookies }: RequestEvent,
  credentials: { email: string; password: string },
): Promise<boolean> {
  const replaces = readSecret(cookies) ?? undefined
  try {
    keepSecret(cookies, (await locals.services.identity.session.signIn.mutate({ ...credentials, replaces })).secret)
    return true
  } catch (cause) {
    if (!refusal(cause)) throw cause
    return false
  }
}
