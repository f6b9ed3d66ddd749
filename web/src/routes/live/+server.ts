import { liveStream } from '#lib/server/live-stream.ts'
import { callerOf } from '#lib/server/services.ts'
import type { RequestHandler } from './$types'

/** What has changed for the reader's organisation, from all services, as server-sent events. */
export const GET: RequestHandler = (event) => {
  const stream = liveStream({ caller: callerOf(event), tokens: event.locals.tokens, signal: event.request.signal })
  return new Response(stream, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } })
}
