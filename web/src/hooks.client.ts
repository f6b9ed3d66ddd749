import { baseLocale, isLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js'

// The server chose the language and wrote it on the page; changing it is a new page.
const { lang } = document.documentElement
const locale = isLocale(lang) ? lang : baseLocale
overwriteGetLocale(() => locale)
