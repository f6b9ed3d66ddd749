import { z } from 'zod'
import { holdsPersonalNumber } from './personal-number.ts'

/** Whether Postgres can keep a text: it holds no NUL and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** What turns the direction of all that comes after it, also of what others wrote; some programs copy it along unseen. */
const turns = /[\u202A-\u202E\u2066-\u2069]/g
/** Anything that is seen: a title without would be a link of no words. */
const visible = /[^\s\p{Default_Ignorable_Code_Point}]/u

/**
 * One line that a person wrote: trimmed, not empty, at most `max` characters, without line breaks and other control characters,
 * and of something that is seen.
 */
export function oneLine(max: number) {
  return z
    .string()
    .overwrite((text) => text.replaceAll(turns, ''))
    .trim()
    .min(1)
    .max(max)
    .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text) && visible.test(text), { error: 'text.unreadable' })
}

/** What a person wrote, perhaps nothing and perhaps in several lines: trimmed, at most `max` characters. */
export function freeText(max: number) {
  return z.string().trim().max(max).refine(isStorable, { error: 'text.unreadable' })
}

/** A text that others than its author read: no person is named in it by number. */
export function publicText(text: z.ZodString) {
  return text.refine((written) => !holdsPersonalNumber(written), { error: 'text.personal_number' })
}
