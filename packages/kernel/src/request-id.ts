/**
 * Whether a text may follow a change through every service's log: a UUID, or what a caller chose that looks no worse.
 * Anything else could be what somebody has typed, and that stays out of logs.
 */
export function isRequestId(text: string): boolean {
  return /^[\w-]{8,64}$/.test(text)
}
