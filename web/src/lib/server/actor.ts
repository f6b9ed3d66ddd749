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

type Entering = Pick<RequestEvent, 'cookies' | 'locals' | 'getClientAddress' | 'route'>

/**
 * Asks identity, once per request, who holds this session. A session that has ended is forgotten; when identity is
 * away this throws, since nobody can be let in without its word. A page that listens comes back by itself every few minutes,
 * which is no use of the session.
 */
export async function enter(event: Entering): Promise<Entry> {
  const { cookies, route } = event
  const secret = readSecret(cookies)
  if (!secret) return nobody
  const { identity } = connect(callerOf(event), {})
  try {
    return entryOf(await identity.session.enter.mutate({ secret, byItself: route.id === '/live' }))
  } catch (cause) {
    if (!endings.has(refusal(cause)?.kind ?? '')) throw cause
    forgetSecret(cookies)
    return nobody
  }
}

function entryOf({ tokens, ...session }: EnteredSession): Entry {
  const { personId, organisationId, roles, title, displayName, organisation, memberships } = session
  return { actor: { personId, organisationId, roles, title, displayName, organisation, memberships }, tokens }
}
