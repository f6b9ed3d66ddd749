import { setTimeout as wait } from 'node:timers/promises'

/** Waits, but no longer than until `signal` says stop. Never rejects. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => undefined)
}

/** Grows from `first` by doubling, never past `most`. `times` counts from 0. */
export function growing(times: number, first: number, most: number): number {
  return Math.min(first * 2 ** Math.min(times, 30), most)
}

/** What `promise` gives, or an error when it takes longer than `milliseconds`. The work itself goes on unheard. */
export async function within<T>(promise: Promise<T>, milliseconds: number, what: string): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${what} took longer than ${milliseconds} ms`)), milliseconds)
  promise.catch(() => undefined)
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
