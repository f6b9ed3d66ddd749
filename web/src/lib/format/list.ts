import type { Locale } from './locale.ts'

const tags = { sv: 'sv-SE', en: 'en-GB' } as const satisfies Record<Locale, string>

/** `Sala, Arboga och Norberg`, or with `eller`; in English as the British write it, without a comma before `and`. */
export function formatList(
  words: readonly string[],
  locale: Locale,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(tags[locale], { type }).format(words)
}
