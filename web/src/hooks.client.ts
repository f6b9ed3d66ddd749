import type { HandleClientError } from '@sveltejs/kit/hooks'
import { m } from '#lib/i18n.ts'
import { baseLocale, isLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js'

// The server chose the language and wrote it on the page; changing it is a new page.
const { lang } = document.documentElement
const locale = isLocale(lang) ? lang : baseLocale
overwriteGetLocale(() => locale)

/** How browsers say that a call did not come through, each in its own words. */
const notThrough = /failed to fetch|networkerror|load failed/i

/** What went wrong in the browser itself, in the reader's language. A call that did not come through is no fault to look for. */
export const handleError: HandleClientError = ({ kind, error }) => {
  if (kind === 'app') return {}
  if (kind === 'framework') return { message: error.status === 404 ? m.error_page_not_found() : m.error_unexpected() }
  if (!(error instanceof TypeError && notThrough.test(error.message))) console.error(error)
  return { message: m.error_unexpected() }
}
