import { hoursToPercent } from '@samkraft/kernel'
import { type Locale, nbsp } from './locale.ts'

const numbers = {
  sv: new Intl.NumberFormat('sv-SE', { maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }),
} as const satisfies Record<Locale, Intl.NumberFormat>

const spaces = /[\s\u00a0\u202f]/g
const thousands = /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/
const written = /^-?\d{1,12}(\.\d{1,6})?$/

/** `1 250,5` in Swedish, `1,250.5` in English. */
export function formatNumber(value: number, locale: Locale): string {
  return numbers[locale].format(value)
}

/** As it stands in a field, without anything between thousands: `1250,5` in Swedish, `1250.5` in English; `1250,50` where it is money. */
export function formatTyped(value: number, locale: Locale, { money = false } = {}): string {
  const minimumFractionDigits = money && !Number.isInteger(value) ? 2 : 0
  const options = { minimumFractionDigits, maximumFractionDigits: 2, useGrouping: false }
  return value.toLocaleString(locale === 'sv' ? 'sv-SE' : 'en-GB', options)
}

/**
 * A number as people type it in Sweden: decimal comma or point, spaces between thousands, and the minus and the
 * no-break space that `Intl` itself writes. On an English page `1,250` is a thousand and more. Null when it is not one number.
 */
export function parseNumber(typed: string, locale: Locale): number | null {
  const bare = typed.replace(spaces, '').replace('\u2212', '-')
  const plain = locale === 'en' && thousands.test(bare) ? bare.replaceAll(',', '') : bare.replace(',', '.')
  return written.test(plain) ? Number(plain) : null
}

/** `16 tim/v`, with what belongs together on one line; `2–6 tim/v` when weeks differ. */
export function formatHours(hoursPerWeek: number, locale: Locale, most: number = hoursPerWeek): string {
  return `${formatRange(hoursPerWeek, most, locale)}${nbsp}${locale === 'sv' ? 'tim/v' : 'h/week'}`
}

/** `2–6`, or `6` when both are the same. */
export function formatRange(least: number, most: number, locale: Locale): string {
  const [first, last] = [formatNumber(least, locale), formatNumber(most, locale)]
  return first === last ? last : `${first}–${last}`
}

/** `16 tim/v (40 %)`: the share of a full-time post beside the hours. */
export function formatExtent(hoursPerWeek: number, locale: Locale): string {
  return `${formatHours(hoursPerWeek, locale)} (${formatPercent(hoursToPercent(hoursPerWeek), locale)})`
}

/** `40 %` in Swedish, `40%` in English, from whole percent. */
export function formatPercent(percent: number, locale: Locale): string {
  return locale === 'sv' ? `${formatNumber(percent, locale)}${nbsp}%` : `${formatNumber(percent, locale)}%`
}

/** `1 250 kr` from öre; öre are written only when there are any. */
export function formatKronor(ore: number, locale: Locale): string {
  const digits = ore % 100 === 0 ? 0 : 2
  const amount = (ore / 100).toLocaleString(locale === 'sv' ? 'sv-SE' : 'en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
  return locale === 'sv' ? `${amount}${nbsp}kr` : `SEK${nbsp}${amount}`
}

/** `59 km`, to the nearest kilometre. */
export function formatDistance(kilometres: number, locale: Locale): string {
  return `${formatNumber(Math.round(kilometres), locale)}${nbsp}km`
}
