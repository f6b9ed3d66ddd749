import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { type Service, services } from '@samkraft/contracts'
import { type Actor, DomainError, roles } from '@samkraft/kernel'
import { z } from 'zod'

/** How long an actor token is good for, seconds. Short, so that a changed role or a closed session bites at once. */
const actorTokenSeconds = 60

/** Identity's and web's clocks may differ by this many seconds. */
const leeway = 5
const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', typ: 'JWT' })).toString('base64url')

const Claims = z.object({
  iss: z.literal('identity'),
  aud: z.enum(services),
  sub: z.uuid(),
  org: z.uuid(),
  roles: z.array(z.enum(roles)),
  iat: z.number(),
  exp: z.number(),
})

/** A PKCS#8 Ed25519 private key in base64 DER, as the environment carries it. */
export function readPrivateKey(base64: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' })
}

/** An SPKI Ed25519 public key in base64 DER. */
export function readPublicKey(base64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
}

/** A JWT (EdDSA) that says who acts for which organisation, good for one service and one minute. `now` in milliseconds. */
export function signActorToken(key: KeyObject, actor: Actor, audience: Service, now: number): string {
  const iat = Math.floor(now / 1_000)
  const claims = {
    iss: 'identity',
    aud: audience,
    sub: actor.personId,
    org: actor.organisationId,
    roles: actor.roles,
    iat,
    exp: iat + actorTokenSeconds,
  }
  const body = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${body}.${sign(null, Buffer.from(body), key).toString('base64url')}`
}

type Verified = Readonly<{ actor: Actor; expires: number }>

/** Reads an actor token; anything but a fresh one, signed by identity and meant for this service, is `unauthenticated`. */
export function verifyActorToken(key: KeyObject, token: string, audience: Service, now: number): Verified {
  const [head, body, signature, ...rest] = token.split('.')
  if (head !== header || !body || !signature || rest.length > 0) throw refused()
  if (!verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) throw refused()
  const claims = Claims.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  if (!claims.success || claims.data.aud !== audience) throw refused()
  const { sub, org, roles, iat, exp } = claims.data
  if (now / 1_000 > exp + leeway || now / 1_000 < iat - leeway) throw refused()
  return { actor: { personId: sub, organisationId: org, roles }, expires: exp * 1_000 }
}

function refused(): DomainError {
  return new DomainError('unauthenticated', 'auth.required')
}

/**
 * Verifies tokens and remembers them until they expire: web sends the same one with every call of a page,
 * and a signature check costs more than most queries' handling.
 */
export function createAuthenticator(key: KeyObject, audience: Service): (token: string | undefined) => Actor | null {
  const known = new Map<string, Verified>()
  return (token) => {
    if (!token) return null
    const now = Date.now()
    const seen = known.get(token)
    if (seen && seen.expires > now) return seen.actor
    const verified = verifyActorToken(key, token, audience, now)
    if (known.size >= 10_000) known.clear()
    known.set(token, verified)
    return verified.actor
  }
}
