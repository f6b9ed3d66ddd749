import { randomUUID } from 'node:crypto'
import { Id } from '@samkraft/contracts'
import { redirect, type RequestEvent } from '@sveltejs/kit'
import { type Handle, type HandleServerError, sequence } from '@sveltejs/kit/hooks'
import { m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import { type Entry, enter } from '#lib/server/actor.ts'
import { chosenLocale, inLocale } from '#lib/server/locale.ts'
import { log } from '#lib/server/log.ts'
import { sentence } from '#lib/server/problem.ts'
import { refusal, unreachable } from '#lib/server/refusal.ts'
import { callerOf, connect } from '#lib/server/services.ts'
import { isTransportSecure } from '#lib/server/session.ts'

/** Seconds after which someone who met a service that was away may try again. */
const retryAfter = 5

/** Routes in the `(open)` group need no sign-in. All others do, so that a forgotten route is closed. */
const isOpen = (routeId: string | null) => routeId === null || routeId.startsWith('/(open)')

const protect: Handle = async ({ event, resolve }) => {
  event.locals.requestId = randomUUID()
  const response = await resolve(event)
  const { headers } = response
  headers.set('x-request-id', event.locals.requestId)
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  // Kit compares the Origin of a form post, and browsers hide it under `no-referrer`.
  headers.set('referrer-policy', 'same-origin')
  headers.set('cross-origin-opener-policy', 'same-origin')
  headers.set('cross-origin-resource-policy', 'same-origin')
  headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
  if (headers.get('content-type') === 'text/html') headers.set('content-type', 'text/html; charset=utf-8')
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  if (isTransportSecure) headers.set('strict-transport-security', 'max-age=31536000')
  if (response.status === 503) headers.set('retry-after', String(retryAfter))
  return response
}

const language: Handle = async ({ event, resolve }) => {
  const { locale, redirectTo } = chosenLocale(event)
  if (redirectTo) redirect(303, redirectTo)
  return inLocale(locale, () =>
    resolve(event, { transformPageChunk: ({ html }) => html.replace('%samkraft.lang%', locale) }),
  )
}

const identify: Handle = async ({ event, resolve }) => {
  const { route, locals, url } = event
  const entry = await entryOf(event)
  locals.away = entry === null
  locals.actor = entry?.actor ?? null
  locals.tokens = entry?.tokens ?? {}
  locals.services = connect(callerOf(event), locals.tokens)
  locals.ended = !isOpen(route.id) && entry !== null && entry.actor === null
  if (isOpen(route.id) || entry?.actor) return resolve(event)
  // A form sent by script comes back as it was (`act`): nobody is let in, and nothing typed is lost.
  if (isEnhanced(event)) return resolve(event)
  if (!entry) return sayAway(event)
  // An open page that listens cannot read the page for signing in; it waits and asks again.
  if (isListening(event)) return new Response(null, { status: 401 })
  redirect(303, paths.signIn(pageOf(url.pathname) + url.search))
}

/** The page a file is fetched from, for its own address: whoever is let in to a file stays at the door, with the file. */
const pageOf = (pathname: string) => pathname.replace(/\/fil$/, '')

/** Who makes this request; null when identity is away and nobody can say. */
async function entryOf(event: RequestEvent): Promise<Entry | null> {
  // The page that says so is fetched because identity did not answer: it is not asked a second time.
  if (event.isSubRequest && event.url.pathname === paths.away) return null
  try {
    return await enter(event)
  } catch (error) {
    log('warn', 'identity is away', { requestId: event.locals.requestId, route: event.route.id, error })
    return null
  }
}

const isListening = ({ request }: RequestEvent) => request.headers.get('accept') === 'text/event-stream'

const isEnhanced = ({ request }: RequestEvent) => request.method === 'POST' && request.headers.has('x-sveltekit-action')

/** What breaks before a page is reached would be shown without the shell; this page breaks inside it. */
function sayAway(event: RequestEvent): Response | Promise<Response> {
  const isPage = !event.isDataRequest && event.request.headers.get('accept')?.includes('text/html')
  if (isPage) return event.fetch(paths.away)
  const { requestId } = event.locals
  return Response.json({ status: 503, message: m.error_unavailable(), requestId }, { status: 503 })
}

/** An address that ends in no id leads nowhere, whatever a service says of it. */
const isMistyped = ({ id }: RequestEvent['params']) => id !== undefined && !Id.safeParse(id).success

export const handle = sequence(protect, language, identify)

/** Says what people may know. What broke is in the log, under the same request id. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  const { requestId } = event.locals
  if (kind === 'app') return { ...error, requestId }
  if (kind === 'framework') {
    return { message: error.status === 404 ? m.error_page_not_found() : m.error_unreadable(), requestId }
  }
  const refused = refusal(error)
  if (refused && isMistyped(event.params)) {
    return { status: 404, message: m.error_page_not_found(), requestId }
  }
  if (refused) return { status: refused.status, message: sentence(refused.code, refused.details), requestId }
  const away = unreachable(error)
  log(away ? 'warn' : 'error', away ? 'a service is away' : 'a request broke', {
    requestId,
    route: event.route.id,
    error,
  })
  if (away) return { status: 503, message: m.error_unavailable(), requestId }
  return { status: 500, message: m.error_unexpected(), requestId }
}
