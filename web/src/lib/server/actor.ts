import type { RequestEvent } from '@sveltejs/kit'
import type { EnteredSession } from '@samkraft/contracts/identity'
import type { ErrorKind } from '@samkraft/kernel'
import type { SignedIn } from '#lib/signed-in.ts'
import { refusal } from './refusal.ts'
import { callerOf, connect, type Tokens } from './services.ts'
import { forgetSecret, readSecret } from './session.ts'

export type Entry = Readonly<{ actor: SignedIn | null; tokens: Tokens }>

/** What identity says of a session that has ended, and of what never was the secret of one. */
const endings: ReadonlySet<string> = new Set<ErrorKind>(['unauthenticated', 'invalid'])

const nobody: Entry = { actor: null, tokens: {} }

type Entering = Pick<
  RequestEvent,
  'cookies' | 'locals' | 'getClientAddress' | 'route' | 'isDataRequest' | 'request' | 'url'
>

/**
 * Asks identity, once per request, who holds this session. A session that has ended is forgotten; when identity is
 * away this throws, since nobody can be let in without its word. What a page does by itself is no use of the session.
 */
export async function enter(event: Entering): Promise<Entry> {
  const { cookies } = event
  const secret = readSecret(cookies)
  if (!secret) return nobody
  const { identity } = connect(callerOf(event), {})
  try {
    return entryOf(await identity.session.enter.mutate({ secret, byItself: isByItself(event) }))
  } catch (cause) {
    if (!endings.has(refusal(cause)?.kind ?? '')) throw cause
    forgetSecret(cookies)
    return nobody
  }
}

/**
 * Whether an open page asks without its reader: it comes back to listen every few minutes, and loads anew what has changed. It
 * does so from the very address it asks for; on the way to another page the browser still is at the one before. What follows a
 * form looks the same, but the form was a use. So does a step back in the browser: alone it does not keep the session.
 */
function isByItself({ route, isDataRequest, request, url }: Entering): boolean {
  if (route.id === '/live') return true
  const from = URL.parse(request.headers.get('referer') ?? '')
  return isDataRequest && from?.pathname === url.pathname && sameQuery(from, url)
}

/** Kit writes the query of a data request in its own way. */
function sameQuery(one: URL, other: URL): boolean {
  return new URLSearchParams(one.search).toString() === new URLSearchParams(other.search).toString()
}

function entryOf({ tokens, ...session }: EnteredSession): Entry {
  const { personId, organisationId, roles, title, displayName, organisation, memberships } = session
  return { actor: { personId, organisationId, roles, title, displayName, organisation, memberships }, tokens }
}
