import { format } from '#lib/i18n.ts'
import * as messages from '#lib/paraglide/messages.js'

type Sentence = (values: Record<string, string>) => string

/** Every message by its key: this is why translating a code is the server's work and never the browser's. */
const byKey = messages as unknown as Readonly<Record<string, Sentence | undefined>>

/**
 * The sentence for a refusal: `offer.not_found` is the message `error_offer_not_found`, and `details` fill its gaps.
 * A code nobody has written a sentence for says that it was refused, not what the code is.
 */
export function sentence(code: string, details: Readonly<Record<string, unknown>> = {}): string {
  const write = byKey[`error_${code.replaceAll('.', '_')}`] ?? messages.error_refused
  return write(Object.fromEntries(Object.entries(details).map(([name, value]) => [name, written(value)])))
}

/** Whether someone has written a sentence for this code. */
export function hasSentence(code: string): boolean {
  return `error_${code.replaceAll('.', '_')}` in byKey
}

function written(value: unknown): string {
  if (typeof value === 'number') return format.number(value)
  if (Array.isArray(value)) return value.map(written).join(', ')
  return typeof value === 'string' ? value : ''
}
