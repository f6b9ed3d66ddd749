import type { FormInput } from '../form-input.ts'
import type { Misfits } from '../misfit.ts'

const spread = 'segments.0.hoursPerWeek'
/** Fields typed in kronor and kept in öre. */
const prices = new Set(['orePerHour', 'highestOrePerHour'])

/**
 * Misfits where the person can do something about them, and with limits in the unit that was typed. Hours that were
 * spread from a total were never typed: what is wrong with them is wrong with the total.
 */
export function placed(misfits: Misfits, form: FormInput): Misfits {
  const { [spread]: hours, ...rest } = misfits
  const all: Misfits = form.text('extentAs') === 'total' ? { ...ofTotal(hours, form), ...rest } : misfits
  return Object.fromEntries(
    Object.entries(all).map(([path, { code, details }]) => [
      path,
      prices.has(path) && typeof details['maximum'] === 'number'
        ? { code, details: { ...details, maximum: details['maximum'] / 100 } }
        : { code, details },
    ]),
  )
}

function ofTotal(hours: Misfits[string] | undefined, form: FormInput): Misfits {
  if (form.text('totalHours') === '') return { totalHours: { code: 'field.invalid_type', details: {} } }
  return hours?.code === 'field.too_big' ? { totalHours: { code: 'hours.too_many_in_all', details: {} } } : {}
}
