import { fieldCode } from '@samkraft/contracts'
import type { z } from 'zod'
import { format, m } from '#lib/i18n.ts'
import { hasSentence, sentence } from './problem.ts'

/** Why a field does not fit: a code of ours (`hours.not_quarters`), or `field.<zod's code>` with its limits. */
export type Misfit = Readonly<{ code: string; details: Readonly<Record<string, unknown>> }>

/** By the field's path (`segments.0.hoursPerWeek`), as services answer and as inputs are named; '' is the whole. */
export type Misfits = Readonly<Record<string, Misfit>>

/** What zod found, as services say it: the first finding of each field. */
export function misfitsOf(error: z.ZodError): Misfits {
  const misfits: Record<string, Misfit> = {}
  for (const issue of error.issues) {
    const { code, message, path, ...details } = issue
    misfits[path.join('.')] ??= { code: fieldCode({ code, message }), details }
  }
  return misfits
}

/** One sentence that says what would fit. The field's label stands beside it. */
export function misfitSentence({ code, details }: Misfit): string {
  const write = sentences[code]
  if (write) return write(details)
  return hasSentence(code) ? sentence(code, details) : m.error_field_invalid()
}

/** Whether nothing was answered, rather than something that does not fit. */
export function isMissing(misfit: Misfit): boolean {
  const asking: readonly string[] = [m.error_field_required(), m.error_text_required(), m.error_field_choice()]
  return asking.includes(misfitSentence(misfit))
}

type Details = Misfit['details']

const sentences: Readonly<Record<string, ((details: Details) => string) | undefined>> = {
  'field.too_small': tooSmall,
  'field.too_big': tooBig,
  'field.invalid_type': wrongType,
  'field.invalid_value': ({ values }) => (isTick(values) ? m.error_field_tick() : m.error_field_choice()),
  'field.not_multiple_of': ({ divisor }) => m.error_field_step({ step: written(divisor) }),
  'field.invalid_format': wrongFormat,
}

function tooSmall({ origin, minimum, inclusive, input }: Details): string {
  const limit = { minimum: written(minimum) }
  if (origin === 'array' || origin === 'set') return m.error_field_choose_least(limit)
  if (origin === 'string') return minimum === 1 || input === '' ? m.error_field_required() : m.error_field_short(limit)
  return inclusive === false ? m.error_field_more_than(limit) : m.error_field_least(limit)
}

function tooBig({ origin, maximum, inclusive }: Details): string {
  const limit = { maximum: written(maximum) }
  if (origin === 'array' || origin === 'set') return m.error_field_choose_most(limit)
  if (origin === 'string') return m.error_field_long(limit)
  return inclusive === false ? m.error_field_less_than(limit) : m.error_field_most(limit)
}

/** An empty field is read as nothing at all, so a wrong type is a missing answer unless it was typed (`input`). */
function wrongType({ expected, input }: Details): string {
  if (input === undefined || input === null) return m.error_field_required()
  if (expected === 'int') return m.error_field_whole_number()
  return expected === 'number' ? m.error_field_number() : m.error_field_invalid()
}

/** A box that must be ticked takes the one value `true`. */
function isTick(values: unknown): boolean {
  return Array.isArray(values) && values.length === 1 && values[0] === true
}

function wrongFormat({ format: wanted, input }: Details): string {
  if (input === '') return m.error_field_required()
  if (wanted === 'email') return m.error_field_email()
  return wanted === 'safeint' ? m.error_field_whole_number() : m.error_field_invalid()
}

function written(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint' ? format.number(Number(value)) : String(value)
}
