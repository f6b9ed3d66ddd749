import { NewPassword, passwordLength } from '@samkraft/contracts/identity'
import { DomainError } from '@samkraft/kernel'

/** Words people build passwords of; with digits and signs around them they are still among the first that are tried. */
const commonWords = new Set([
  'abc',
  'abcdefghijkl',
  'admin',
  'administrator',
  'changeme',
  'correcthorsebatterystaple',
  'dragon',
  'ensamarintestark',
  'forandramig',
  'fotboll',
  'hejhejhej',
  'hemligt',
  'iloveyou',
  'kommun',
  'letmein',
  'losenord',
  'password',
  'passwordpassword',
  'princess',
  'qwerty',
  'qwertyuiop',
  'qwertyuiopasdf',
  'samarbete',
  'samkraft',
  'skolan',
  'sommar',
  'sommaren',
  'sverige',
  'testtesttest',
  'valkommen',
  'vinter',
  'welcome',
])

const runs = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
]

/**
 * Refuses a password that is too short, too long, or among the first anyone would guess (ASVS 5.0.0 6.2.1, 6.2.4, 6.2.9):
 * common words and runs of keys however decorated, one character repeated, and `context` words (the address, the organisation).
 * There is no rule of composition (6.2.5). `field` is where it was typed, for the refusal. Throws `invalid password.too_short | too_long | too_common`.
 */
export function assertAcceptable(
  password: string,
  { field, context }: { field: string; context: readonly string[] },
): void {
  if (!NewPassword.safeParse(password).success) {
    const short = password.length < passwordLength.least
    throw new DomainError('invalid', short ? 'password.too_short' : 'password.too_long', { field, ...passwordLength })
  }
  if (isCommon(password, context.map(lettersOf))) throw new DomainError('invalid', 'password.too_common', { field })
}

/** What of an address somebody might make a password of. */
export function wordsOf(email: string): string[] {
  return [email, email.slice(0, email.indexOf('@'))]
}

function isCommon(password: string, context: readonly string[]): boolean {
  const plain = fold(password)
  if (new Set(plain).size <= 2) return true
  if (runs.some((run) => run.includes(plain))) return true
  const letters = lettersOf(password)
  // Only digits and signs around nothing: a date or a number, unless it is long enough to be random.
  if (letters === '') return plain.length < 16
  return commonWords.has(letters) || context.includes(letters)
}

function lettersOf(text: string): string {
  return fold(text).replaceAll(/\P{L}/gu, '')
}

/** Lower case without accents: `Lösenord` and `losenord` are one guess. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
}
