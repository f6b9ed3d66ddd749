import type { Cookies } from '@sveltejs/kit'
import { config } from './config.ts'

/** Whether people reach us over TLS. */
export const isTransportSecure = new URL(config.origin).protocol === 'https:'

const { name, attributes } = sessionCookie(isTransportSecure)

/**
 * Over TLS `__Host-` binds the cookie to this host and to secure transport (ASVS 3.3.3). Without, as on one's own machine, Safari
 * would drop such a cookie: to it loopback is no safe ground.
 */
export function sessionCookie(isSecure: boolean) {
  const attributes = { path: '/', httpOnly: true, secure: isSecure, sameSite: 'lax' } as const
  return { name: isSecure ? '__Host-samkraft' : 'samkraft', attributes }
}

/** The opaque session secret; identity knows what it means and for how long. */
export function readSecret(cookies: Cookies): string | null {
  return cookies.get(name) ?? null
}

/** A session cookie: it dies with the browser at the latest, and with the session in identity before that. */
export function keepSecret(cookies: Cookies, secret: string): void {
  cookies.set(name, secret, attributes)
}

/** Takes the cookie away; that the session has ended is identity's to know. */
export function forgetSecret(cookies: Cookies): void {
  cookies.delete(name, attributes)
}
