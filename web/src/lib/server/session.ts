import type { Cookies } from '@sveltejs/kit'
import { config } from './config.ts'

const { protocol, hostname } = new URL(config.origin)

/** Whether people reach us over TLS. */
export const isTransportSecure = protocol === 'https:'

/** Browsers treat loopback as safe ground: a Secure cookie is kept there over plain http as well. */
export const isSecure = isTransportSecure || ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

/** `__Host-` binds the cookie to this host and to secure transport (ASVS 3.3.3); elsewhere a browser would drop it. */
const cookieName = isSecure ? '__Host-samkraft' : 'samkraft'

const attributes = { path: '/', httpOnly: true, secure: isSecure, sameSite: 'lax' } as const

/** The opaque session secret; identity knows what it means and for how long. */
export function readSecret(cookies: Cookies): string | null {
  return cookies.get(cookieName) ?? null
}

/** A session cookie: it dies with the browser at the latest, and with the session in identity before that. */
export function keepSecret(cookies: Cookies, secret: string): void {
  cookies.set(cookieName, secret, attributes)
}

/** Takes the cookie away; that the session has ended is identity's to know. */
export function forgetSecret(cookies: Cookies): void {
  cookies.delete(cookieName, attributes)
}
