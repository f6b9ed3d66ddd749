import { enter } from '#lib/server/actor.ts'
import { liveStream } from '#lib/server/live-stream.ts'
import { callerOf } from '#lib/server/services.ts'
import type { RequestHandler } from './$types'

/** What has changed for the reader's organisation, from all services, as server-sent events. */
export const GET: RequestHandler = (event) =>
  new Response(liveStream({ enter: () => enter(event), caller: callerOf(event), signal: event.request.signal }), {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  })
