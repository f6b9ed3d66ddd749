import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestEvent } from '@sveltejs/kit'
import { baseLocale, isLocale, type Locale, overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { ownPath } from '#lib/own-path.ts'
import { isTransportSecure } from './session.ts'

const cookieName = 'samkraft-lang'
const aYear = 365 * 24 * 3600
const current = new AsyncLocalStorage<Locale>()

overwriteGetLocale(() => current.getStore() ?? baseLocale)

/** Runs `work`, and all it awaits, in one language. */
export function inLocale<Result>(locale: Locale, work: () => Result): Result {
  return current.run(locale, work)
}

/**
 * The language of a request: what `?lang=` asks for, then what was asked for before, then Swedish. `?lang=en` on any
 * address is a link to that page in English; it is remembered and taken out of the address (`redirectTo`).
 */
export function chosenLocale({ url, cookies, request }: RequestEvent): { locale: Locale; redirectTo: string | null } {
  const asked = url.searchParams.get('lang')
  if (asked !== null && isLocale(asked)) {
    const kept = { path: '/', httpOnly: true, secure: isTransportSecure, sameSite: 'lax', maxAge: aYear } as const
    cookies.set(cookieName, asked, kept)
    if (request.method !== 'GET') return { locale: asked, redirectTo: null }
    const rest = new URLSearchParams(url.searchParams)
    rest.delete('lang')
    return { locale: asked, redirectTo: ownPath(url.pathname + (rest.size > 0 ? `?${rest}` : '')) }
  }
  const remembered = cookies.get(cookieName)
  return { locale: remembered !== undefined && isLocale(remembered) ? remembered : baseLocale, redirectTo: null }
}
