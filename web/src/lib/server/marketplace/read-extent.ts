import { spreadHours } from '@samkraft/contracts/marketplace'
import { isDate } from '@samkraft/kernel'
import type { FormInput } from '../form-input.ts'

type Period = { from: string | undefined; to: string | undefined }
type Stretch = { period: Period; hoursPerWeek: number | string | undefined }

/** How much and when, as the extent step asks for it. */
export type Extent = { segments: Stretch[]; totalHours: number | string | null }

/** The most stretches an offer or a request may have. */
const mostStretches = 12

/**
 * Hours per week in one or more stretches; or a whole assignment in hours, spread over the weeks of one; or, for
 * material, no hours at all. The first stretch is there even when nothing was typed, so that its fields can be refused.
 */
export function readExtent(form: FormInput): Extent {
  const as = form.text('extentAs')
  if (as === 'none') return { segments: [], totalHours: null }
  if (as === 'total') return readTotal(form)
  const segments = stretchNumbers(form)
    .map((number) => readStretch(form, number))
    .filter(({ period, hoursPerWeek }, index) => index === 0 || period.from || period.to || hoursPerWeek !== undefined)
  return { segments, totalHours: null }
}

/** How many stretches the form shows. */
export function stretchNumbers(form: FormInput): number[] {
  const numbers = Array.from({ length: mostStretches }, (_, number) => number)
  return numbers.filter((number) => number === 0 || `segments.${number}.period.from` in form.values)
}

function readStretch(form: FormInput, number: number): Stretch {
  return {
    period: form.period(`segments.${number}.period`),
    hoursPerWeek: form.number(`segments.${number}.hoursPerWeek`),
  }
}

function readTotal(form: FormInput): Extent {
  const totalHours = form.number('totalHours') ?? null
  const period = form.period('segments.0.period')
  const { from, to } = period
  const canSpread =
    typeof totalHours === 'number' && totalHours > 0 && from && to && isDate(from) && isDate(to) && from < to
  return {
    segments: [{ period, hoursPerWeek: canSpread ? spreadHours(totalHours, { from, to }) : undefined }],
    totalHours,
  }
}
