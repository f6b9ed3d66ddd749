import { passwordLength } from '@samkraft/contracts/identity'
import { m } from '#lib/i18n.ts'
import { type Form, Unfit } from '../form.ts'

/** Beside which fields refusals about passwords belong: the new one, and the one somebody has. */
export function besidePasswords(chosen: string, present: string): Readonly<Record<string, string>> {
  return {
    'password.too_short': chosen,
    'password.too_long': chosen,
    'password.too_common': chosen,
    'password.wrong': present,
  }
}

/** What must hold of a new password, for the page to say before one is typed. */
export const passwordRules = () => m.password_rules({ least: String(passwordLength.least) })

/** There is no way back from a password nobody knows, so it is typed twice. */
export function mustBeSame(form: Form, field: string, again: string): void {
  if (form.verbatim(field) !== form.verbatim(again)) throw new Unfit([form.errorAt(again, m.error_password_not_same())])
}
