/**
 * What kind of refusal this is; the transport maps each to one status (`packages/http`).
 * `unavailable` means "try again soon": nothing was changed.
 */
export type ErrorKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'unavailable'

/** Facts that make the sentence concrete (numbers, dates, codes); shown to people, so never secrets or personal data. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/** A refusal the caller may be told. `code` is a message key the web translates, such as `offer.not_found`. */
export class DomainError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly details: ErrorDetails

  constructor(kind: ErrorKind, code: string, details: ErrorDetails = {}) {
    super(code)
    this.name = 'DomainError'
    this.kind = kind
    this.code = code
    this.details = details
  }
}

/** Whether trying again soon makes sense: nothing was changed. */
export function isUnavailable(error: unknown): error is DomainError {
  return error instanceof DomainError && error.kind === 'unavailable'
}
