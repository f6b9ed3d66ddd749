import { type Service, services } from '@samkraft/contracts'
import type { Entry } from './actor.ts'
import { config } from './config.ts'
import { log } from './log.ts'
import { type Caller, callHeaders } from './services.ts'
import { serverSentData } from './server-sent.ts'

const heartbeat = 20_000
/** The stream ends by itself, and the browser's return is a new request with a new look at the session. */
const lifetime = 10 * 60_000
const pauseBeforeReturn = 2_000

type Listening = Readonly<{ enter: () => Promise<Entry>; caller: Caller; signal: AbortSignal }>

/**
 * One stream of server-sent events out of those of the services. A service that goes away is asked again, with new
 * tokens, until the reader leaves; a session that has ended ends the stream.
 */
export function liveStream({ enter, caller, signal }: Listening): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  const ended = AbortSignal.any([ending.signal, signal, AbortSignal.timeout(lifetime)])
  const encoder = new TextEncoder()

  return new ReadableStream({
    start(controller) {
      const send = (text: string) => {
        if (!ended.aborted) controller.enqueue(encoder.encode(text))
      }
      const beat = setInterval(() => send(': alive\n\n'), heartbeat)
      ended.addEventListener('abort', () => {
        clearInterval(beat)
        // A reader who left has closed it already.
        if (!ending.signal.aborted) controller.close()
      })
      send(`retry: ${pauseBeforeReturn}\n\n`)
      for (const service of services) void follow(service, send)
    },
    cancel: () => ending.abort(),
  })

  async function follow(service: Service, send: (text: string) => void): Promise<void> {
    let away = false
    while (!ended.aborted) {
      try {
        const token = (await enter()).tokens[service]
        if (!token) return ending.abort()
        const headers = { accept: 'text/event-stream', ...callHeaders(caller, token) }
        const response = await fetch(`${config.services[service]}/live`, { headers, signal: ended })
        if (response.ok && response.body) {
          away = false
          for await (const data of serverSentData(response.body, 'changed')) send(`data: ${data}\n\n`)
        } else await response.body?.cancel()
      } catch (error) {
        if (ended.aborted) return
        // Once, and not at each attempt until it is back.
        if (!away) log('warn', `live changes of ${service} are away`, { requestId: caller.requestId, error })
        away = true
      }
      await pause(ended)
    }
  }
}

/** A moment before asking again; over at once when the stream ends. */
function pause(ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, pauseBeforeReturn)
    ended.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
