import { addDays, isDate } from '@samkraft/kernel'
import { actingForField, formKeyField, shownToField } from '#lib/form.ts'
import { parseNumber } from '#lib/format/number.ts'
import { getLocale } from '#lib/i18n.ts'
import { parseDate } from '#lib/format/date.ts'

/** Fields that hold a password are named so, and are never written back. */
const isSecret = /password/i
/** Hidden fields that each showing of a form has anew. */
const ownFields: readonly string[] = [formKeyField, shownToField, actingForField]
const fieldName = /^[a-z][\w.-]{0,99}$/i

/**
 * The fields of a form, read the way people write them. What cannot be read is passed on as it was typed, so that the
 * schema refuses it and the page shows it again.
 */
export class FormInput {
  readonly values: Readonly<Record<string, readonly string[]>>

  constructor(data: FormData) {
    // Without a prototype: a field may be named `constructor` by someone who wishes us ill.
    const values: Record<string, string[]> = Object.create(null)
    for (const [name, value] of data) {
      if (typeof value !== 'string' || !fieldName.test(name)) continue
      ;(values[name] ??= []).push(value.replaceAll('\r\n', '\n'))
    }
    this.values = values
  }

  /** What a page may show again: all but passwords and what each showing has anew. */
  get kept(): FormInput['values'] {
    return Object.fromEntries(
      Object.entries(this.values).filter(([name]) => !isSecret.test(name) && !ownFields.includes(name)),
    )
  }

  /** What was typed, without space around it; empty when nothing was. */
  text(name: string): string {
    return this.values[name]?.[0]?.trim().normalize() ?? ''
  }

  /** Exactly what was typed: for passwords. */
  verbatim(name: string): string {
    return this.values[name]?.[0] ?? ''
  }

  /** What was typed, or undefined when nothing was: for fields that may be left out. */
  optional(name: string): string | undefined {
    return this.text(name) || undefined
  }

  /** What was typed, or null when nothing was. */
  nullable(name: string): string | null {
    return this.text(name) || null
  }

  /** `7,5` and `1 250` as numbers, in English `1,250` too; undefined when nothing was typed. */
  number(name: string): number | string | undefined {
    const typed = this.optional(name)
    return typed === undefined ? undefined : (parseNumber(typed, getLocale()) ?? typed)
  }

  /** Kronor as typed, in öre. */
  ore(name: string): number | string | undefined {
    const kronor = this.number(name)
    return typeof kronor === 'number' ? Math.round(kronor * 100) : kronor
  }

  /** A civil date, `YYYY-MM-DD`. */
  date(name: string): string | undefined {
    const typed = this.optional(name)
    return typed === undefined ? undefined : (parseDate(typed) ?? typed)
  }

  /** `<name>.from` and `<name>.to` hold the first and the last day, as people say it; the period is half-open. */
  period(name: string): { from: string | undefined; to: string | undefined } {
    const last = this.date(`${name}.to`)
    return { from: this.date(`${name}.from`), to: last !== undefined && isDate(last) ? addDays(last, 1) : last }
  }

  /** Everything chosen under one name. */
  all(name: string): string[] {
    return (this.values[name] ?? []).map((value) => value.trim()).filter((value) => value !== '')
  }

  /** Whether a single checkbox is ticked. */
  flag(name: string): boolean {
    return this.values[name] !== undefined
  }
}
