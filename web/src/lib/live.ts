import { invalidate } from '$app/navigation'
import { navigating } from '$app/state'

/** What a service says has changed: the noun, such as `offer`, and which one. */
type Change = Readonly<{ noun: string; id: string }>

/** A page nobody has touched for this long lets go: an open tab must not keep a session from ending by itself. */
const untouched = 20 * 60_000
const firstPause = 2_000
const longestPause = 60_000

/**
 * What a page's `load` depends on, so that it runs again when such a thing changes:
 * `depends(live('request'), live('match'))`.
 */
export function live(noun: string): `live:${string}` {
  return `live:${noun}`
}

/** Who reads, and for which organisation: what of a page is loaded anew is loaded as theirs, so this is with it. */
export const whose = live('session')

/**
 * Resolves when nobody is on their way to another page. A form just sent has everything loaded anew, also what is on the
 * page that is being left, and that one may lead elsewhere now: loading it would turn its reader around.
 */
async function arrival(): Promise<void> {
  let going: Promise<void> | null = null
  while (navigating.complete !== null && navigating.complete !== going) {
    going = navigating.complete
    await going.catch(() => undefined)
  }
}

/**
 * Listens to changes of the reader's organisation while the page is seen and used, and loads again what depends on them.
 * A page out of sight lets go of its connection (a browser has six for all its tabs) and catches up when it is seen.
 * `updated` is called when something on the page was loaded anew. Returns how to stop.
 */
export function listen(address: string, updated: () => void): () => void {
  const stopping = new AbortController()
  const { signal } = stopping
  const nouns = new Set<string>()
  let source: EventSource | undefined
  let returning: ReturnType<typeof setTimeout> | undefined
  let leaving: ReturnType<typeof setTimeout> | undefined
  let pause = firstPause
  let missed = false
  let loading = false

  async function reload(isChanged: (url: URL) => boolean, tell: boolean) {
    let touched = false
    await arrival()
    // Asked first, since who reads is loaded anew beside what has changed and not for its own sake.
    await invalidate((url) => {
      touched ||= url.href !== whose && isChanged(url)
      return false
    })
    if (!touched) return
    await arrival()
    await invalidate((url) => url.href === whose || isChanged(url))
    if (tell && !signal.aborted) updated()
  }

  /** The first change is loaded at once; what is heard while that goes on is one load after it. */
  async function heard({ data }: MessageEvent<string>) {
    nouns.add((JSON.parse(data) as Change).noun)
    if (loading) return
    loading = true
    try {
      while (nouns.size > 0 && !signal.aborted) {
        const changed = new Set<string>([...nouns].map(live))
        nouns.clear()
        await reload((url) => changed.has(url.href), true)
      }
    } finally {
      loading = false
    }
  }

  function opened() {
    pause = firstPause
  }

  /** While nobody listened something may have been said, also between the making of the page and its first listening. */
  function listening() {
    void reload((url) => url.protocol === 'live:', missed)
    missed = false
  }

  /** The browser comes back by itself from a broken connection, but not from an answer that was no stream. */
  function broken() {
    missed = true
    if (source?.readyState !== EventSource.CLOSED) return
    close()
    returning = setTimeout(follow, pause)
    pause = Math.min(pause * 2, longestPause)
  }

  function close() {
    source?.close()
    source = undefined
    clearTimeout(returning)
  }

  function follow() {
    if (document.visibilityState === 'hidden' || leaving === undefined) {
      missed ||= source !== undefined
      close()
    } else if (!source) {
      source = new EventSource(address)
      source.addEventListener('message', (event) => void heard(event))
      source.addEventListener('open', opened)
      source.addEventListener('listening', listening)
      source.addEventListener('error', broken)
    }
  }

  function touch() {
    clearTimeout(leaving)
    const isBack = leaving === undefined
    leaving = setTimeout(() => {
      leaving = undefined
      follow()
    }, untouched)
    if (isBack) follow()
  }

  document.addEventListener('visibilitychange', follow, { signal })
  for (const use of ['pointerdown', 'keydown', 'scroll']) {
    document.addEventListener(use, touch, { signal, passive: true, capture: true })
  }
  touch()
  return () => {
    stopping.abort()
    clearTimeout(leaving)
    close()
  }
}
