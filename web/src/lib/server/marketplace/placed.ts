import type { FormInput } from '../form-input.ts'
import type { Misfit, Misfits } from '../misfit.ts'

const spread = 'segments.0.hoursPerWeek'
/** Fields in which a competence must be chosen. */
const competences = new Set(['mainCompetence', 'requiredCompetences'])
/** Fields typed in kronor and kept in öre. */
const prices = new Set(['orePerHour', 'highestOrePerHour'])

/**
 * Misfits where the person can do something about them, and with limits in the unit that was typed. Hours that were
 * spread from a total were never typed: what is wrong with them is wrong with the total.
 */
export function placed(misfits: Misfits, form: FormInput): Misfits {
  const { [spread]: hours, ...rest } = misfits
  const all: Misfits = form.text('extentAs') === 'total' ? { ...ofTotal(hours, form), ...rest } : misfits
  return Object.fromEntries(Object.entries(all).map(([path, misfit]) => [path, inWords(path, misfit)]))
}

/** A misfit of one field, said for what people type and choose there. */
export function inWords(path: string, misfit: Misfit): Misfit {
  const { code, details } = misfit
  const { maximum } = details
  if (competences.has(path) && /^field\.(invalid_type|too_small)$/.test(code)) {
    return { code: 'competence.required', details: {} }
  }
  return prices.has(path) && typeof maximum === 'number'
    ? { code, details: { ...details, maximum: maximum / 100 } }
    : misfit
}

function ofTotal(hours: Misfit | undefined, form: FormInput): Misfits {
  if (form.text('totalHours') === '') return { totalHours: { code: 'field.invalid_type', details: {} } }
  return hours?.code === 'field.too_big' ? { totalHours: { code: 'hours.too_many_in_all', details: {} } } : {}
}
