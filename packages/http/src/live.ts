import { Announcement, listen } from '@samkraft/db'
import type { Actor } from '@samkraft/kernel'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'

/** A stream ends after this long, and its reader comes back with fresh rights. */
const streamMinutes = 5
const heartbeatMilliseconds = 15_000
const streamsPerOrganisation = 200

type Push = (message: { noun: string; id: string }) => void

export type Live = AsyncDisposable & { stream(c: Context, actor: Actor): Response }

/** Fans out announcements of this service's database to the open pages of the organisations they are meant for. */
export async function openLive(databaseUrl: string): Promise<Live> {
  const readers = new Map<string, Set<Push>>()
  /** Ends each stream that is open. */
  const endings = new Set<() => void>()
  const listening = await listen(databaseUrl, 'live', (payload) => {
    const { organisations, noun, id } = Announcement.parse(JSON.parse(payload))
    for (const organisation of organisations) for (const push of readers.get(organisation) ?? []) push({ noun, id })
  })

  function stream(c: Context, { organisationId }: Actor): Response {
    const mine = readers.get(organisationId) ?? new Set<Push>()
    if (mine.size >= streamsPerOrganisation) return c.text('', 503, { 'retry-after': '30' })
    readers.set(organisationId, mine)
    return streamSSE(c, async (sse) => {
      const done = Promise.withResolvers<undefined>()
      const end = () => done.resolve(undefined)
      const write = (event: string, data: string) => void sse.writeSSE({ event, data }).catch(end)
      const push: Push = (message) => write('changed', JSON.stringify(message))
      const heartbeat = setInterval(() => write('heartbeat', ''), heartbeatMilliseconds)
      const timeout = setTimeout(end, streamMinutes * 60_000)
      sse.onAbort(end)
      endings.add(end)
      mine.add(push)
      write('open', '')
      await done.promise
      clearInterval(heartbeat)
      clearTimeout(timeout)
      endings.delete(end)
      mine.delete(push)
      if (mine.size === 0) readers.delete(organisationId)
    })
  }

  return {
    stream,
    async [Symbol.asyncDispose]() {
      for (const end of endings) end()
      await listening[Symbol.asyncDispose]()
    },
  }
}
