import { invalidate } from '$app/navigation'

/** What a service says has changed: the noun, such as `offer`, and which one. */
type Change = Readonly<{ noun: string; id: string }>

/** Changes that come close together are one reload. */
const gather = 150

/**
 * What a page's `load` depends on, so that it runs again when such a thing changes:
 * `depends(live('request'), live('match'))`.
 */
export function live(noun: string): `live:${string}` {
  return `live:${noun}`
}

/**
 * Listens to changes of the reader's organisation while the page is seen, and loads again what depends on them. A page
 * out of sight lets go of its connection (a browser has six for all its tabs) and catches up when it is seen again.
 * `updated` is called when something on the page was loaded anew. Returns how to stop.
 */
export function listen(address: string, updated: () => void): () => void {
  let source: EventSource | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  let missed = false
  const nouns = new Set<string>()

  async function reload(isChanged: (url: URL) => boolean) {
    let touched = false
    await invalidate((url) => {
      const changed = isChanged(url)
      touched ||= changed
      return changed
    })
    if (touched) updated()
  }

  function flush() {
    waiting = undefined
    const changed = new Set([...nouns].map(live))
    nouns.clear()
    void reload((url) => changed.has(url.href as `live:${string}`))
  }

  function open() {
    source = new EventSource(address)
    source.addEventListener('message', ({ data }: MessageEvent<string>) => {
      nouns.add((JSON.parse(data) as Change).noun)
      waiting ??= setTimeout(flush, gather)
    })
    // After a pause something may have been said that nobody heard.
    source.addEventListener('error', () => (missed = true))
    source.addEventListener('open', () => {
      if (missed) void reload((url) => url.protocol === 'live:')
      missed = false
    })
  }

  function close() {
    source?.close()
    source = undefined
    clearTimeout(waiting)
    waiting = undefined
  }

  function follow() {
    if (document.visibilityState === 'hidden') {
      close()
      missed = true
    } else if (!source) open()
  }

  follow()
  document.addEventListener('visibilitychange', follow)
  return () => {
    document.removeEventListener('visibilitychange', follow)
    close()
  }
}
