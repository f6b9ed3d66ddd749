import { DomainError } from '@samkraft/kernel'

const again = new Set(['40001', '40P01'])
const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  // No name: so it is while a container with the database is made anew, or the name server is away.
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
  '57014',
  '55P03',
  '53300',
  '25P03',
  // It only reads: so it is while another server takes over, until our connections lead to that one.
  '25006',
])
const full = new Set(['53100', '53200'])

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/**
 * A statement was prepared before a migration changed its columns, which Postgres refuses to hide from whoever prepared it.
 * It is met by a service that runs while the next version's migrations do, and gone once the statement is prepared anew.
 */
export function isOutdated(error: unknown): boolean {
  return codeOf(error) === '0A000' && error instanceof Error && /cached plan must not change/.test(error.message)
}

/** A deadlock, a serialization failure or an outdated statement: the same transaction may well succeed at once. */
export function isRetriable(error: unknown): boolean {
  return again.has(codeOf(error)) || isOutdated(error)
}

/** Somebody else has held a lock for longer than the statement could wait. */
export function isLockedOut(error: unknown): boolean {
  return codeOf(error) === '55P03'
}

/**
 * What a failing database means to a caller: `unavailable` when trying again soon makes sense
 * (gone, starting, too busy, out of space), the error itself otherwise.
 */
export function translateFailure(error: unknown): unknown {
  if (error instanceof DomainError || !(error instanceof Error)) return error
  const code = codeOf(error)
  if (full.has(code)) return new DomainError('unavailable', 'database.full')
  const lost = away.has(code) || code.startsWith('08') || isRetriable(error)
  // pg has no code for these two.
  const silent =
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/
  return lost || silent.test(error.message) ? new DomainError('unavailable', 'database.unavailable') : error
}
