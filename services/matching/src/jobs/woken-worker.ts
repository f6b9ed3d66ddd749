import { listen } from '@samkraft/db'

/**
 * Does a round of work whenever a transaction has said that there is some, and every so many milliseconds regardless, for what
 * was left by a process that died. Rounds never overlap. `round` takes care of its own errors and answers whether another is
 * wanted at once; when `stop` says so it ends soon, and what it leaves is done by another.
 */
export function startWokenWorker({
  listenUrl,
  every,
  round,
}: {
  listenUrl: string
  every: number
  round: (stop: AbortSignal) => Promise<'again' | 'done'>
}): AsyncDisposable {
  const stop = new AbortController()
  let woken = false
  let idle = true
  let running: Promise<unknown> = Promise.resolve()

  function wake(): void {
    woken = true
    if (!idle || stop.signal.aborted) return
    idle = false
    running = work().finally(() => (idle = true))
  }

  async function work(): Promise<void> {
    while (woken && !stop.signal.aborted) {
      woken = false
      if ((await round(stop.signal)) === 'again') woken = true
    }
  }

  const listening = listen(listenUrl, 'work', wake, wake)
  const timer = setInterval(wake, every)

  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      stop.abort()
      await (await listening)[Symbol.asyncDispose]()
      await running
    },
  }
}
