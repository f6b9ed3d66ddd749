import { z } from 'zod'

/** Text Postgres can hold as text and as JSON: no NUL, no half of a surrogate pair. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** What a person wrote, trimmed, at most `max` characters. */
export function PlainText(max: number) {
  return z.string().trim().max(max).refine(isPlainText, { error: 'text.unreadable' })
}

/** What a person wrote, perhaps nothing and perhaps in several lines: trimmed, at most `max` characters. */
export function freeText(max: number) {
  return z.string().trim().max(max, { error: 'text.too_long' }).refine(isStorable, { error: 'text.unreadable' })
}
