import { setTimeout } from 'node:timers/promises'
import { type Service, services } from '@samkraft/contracts'
import { config } from './config.ts'
import { log } from './log.ts'
import { type Caller, callHeaders, type Tokens } from './services.ts'
import { serverSentData } from './server-sent.ts'

const heartbeat = 20_000
const pauseBeforeReturn = 2_000

type Listening = Readonly<{ caller: Caller; tokens: Tokens; signal: AbortSignal }>

/**
 * One stream of server-sent events out of those of the services. A service that goes away is asked again. When one no
 * longer takes the token the stream ends, and the browser's return is a new request with a new look at the session.
 * `listening` says that from here on nothing is missed of what the services in reach say; what they said before that may
 * have been.
 */
export function liveStream({ caller, tokens, signal }: Listening): ReadableStream<Uint8Array> {
  const ending = new AbortController()
  const ended = AbortSignal.any([ending.signal, signal])
  const encoder = new TextEncoder()
  let reader = true
  const answered = new Set<Service>()

  return new ReadableStream({
    start(controller) {
      const send = (text: string) => {
        if (!ended.aborted) controller.enqueue(encoder.encode(text))
      }
      const beat = setInterval(() => send(': alive\n\n'), heartbeat)
      ended.addEventListener('abort', () => {
        clearInterval(beat)
        // A reader who left has closed it already.
        if (reader) controller.close()
      })
      send(`retry: ${pauseBeforeReturn}\n\n`)
      for (const service of services) void follow(service, send)
    },
    cancel() {
      reader = false
      ending.abort()
    },
  })

  /** Said once all have answered in some way, and again when one of them has been asked anew. */
  function answer(service: Service, isOpen: boolean, send: (text: string) => void): void {
    const isFirst = !answered.has(service)
    answered.add(service)
    if (isFirst ? answered.size === services.length : isOpen) send('event: listening\ndata: {}\n\n')
  }

  async function follow(service: Service, send: (text: string) => void): Promise<void> {
    const headers = { accept: 'text/event-stream', ...callHeaders(caller, tokens[service]) }
    let away = false
    while (!ended.aborted) {
      try {
        const response = await fetch(`${config.services[service]}/live`, { headers, signal: ended })
        if (response.status === 401) return ending.abort()
        if (response.ok && response.body) {
          away = false
          answer(service, true, send)
          for await (const data of serverSentData(response.body, 'changed')) send(`data: ${data}\n\n`)
        } else {
          answer(service, false, send)
          await response.body?.cancel()
        }
      } catch (error) {
        if (ended.aborted) return
        // Once, and not at each attempt until it is back.
        if (!away) log('warn', `live changes of ${service} are away`, { requestId: caller.requestId, error })
        away = true
        answer(service, false, send)
      }
      // A moment before asking again; over at once when the stream ends.
      await setTimeout(pauseBeforeReturn, undefined, { signal: ended }).catch(() => undefined)
    }
  }
}
