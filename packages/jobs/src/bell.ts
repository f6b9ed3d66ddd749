import { setTimeout as wait } from 'node:timers/promises'

/** Wakes one waiter. A ring while nobody waits is kept for the next wait. */
export class Bell {
  #rung = false
  #waiting: (() => void) | null = null

  ring(): void {
    this.#rung = true
    this.#waiting?.()
  }

  /** Forgets the rings so far. */
  hush(): void {
    this.#rung = false
  }

  /** Resolves at a ring, after `milliseconds`, or when `signal` aborts. */
  async heard(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.#rung) return
    const rung = new AbortController()
    this.#waiting = () => rung.abort()
    await wait(milliseconds, undefined, { signal: AbortSignal.any([signal, rung.signal]) }).catch(() => undefined)
    this.#waiting = null
  }
}
