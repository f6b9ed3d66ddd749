import { DomainError } from '@samkraft/kernel'

const again = new Set(['40001', '40P01'])
const away = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '57014',
  '55P03',
  '53300',
  '25P03',
])
const full = new Set(['53100', '53200'])

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** A deadlock or a serialization failure: the same transaction may well succeed at once. */
export function isRetriable(error: unknown): boolean {
  return again.has(codeOf(error))
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
