/** Something the person at the terminal can put right; the message says what and how, and no stack is shown. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}

/** What to tell the person at the terminal about any failure. */
export function explain(error: unknown): string {
  if (error instanceof Refusal) return error.message
  if (isOutOfSpace(error)) return 'The disk is full. Make room and start again; nothing that was saved is lost.'
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

/** A full disk shows itself as ENOSPC or EDQUOT from the system and as text or class 53 from Postgres. */
export function isOutOfSpace(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || /no space left on device/i.test(error.message)
}
