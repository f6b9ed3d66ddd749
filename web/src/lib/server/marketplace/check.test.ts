import { expect, test } from 'vitest'
import { Form, Unfit } from '../form.ts'
import { sentence } from '../problem.ts'
import { mustFitStep } from './check.ts'
import { offerKind } from './offer-kind.ts'
import { requestKind } from './request-kind.ts'

/** The fields of the extent's page that are refused, with what is said of each. */
function refusedOf(kind: typeof offerKind, fields: Readonly<Record<string, string>>) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) data.set(name, value)
  const form = new Form(data, '/', { labels: kind.labels })
  try {
    mustFitStep(kind, form, 'omfattning', {}, kind.read(form, 'omfattning'))
    return []
  } catch (cause) {
    if (!(cause instanceof Unfit)) throw cause
    return cause.errors.map(({ field, text }) => [field, text])
  }
}

const inAll = { extentAs: 'total', slice: '1', least: '1' }
const [from, to] = ['segments.0.period.from', 'segments.0.period.to']

test.each([offerKind, requestKind])(
  'an assignment in hours is not said to differ from a period that cannot be read: the $noun',
  (kind) => {
    expect(refusedOf(kind, { ...inAll, totalHours: '88', [from]: '2027-01-11', [to]: '2027-06-11' })).toEqual([])
    const refused = (fields: Parameters<typeof refusedOf>[1]) =>
      refusedOf(kind, { ...inAll, ...fields }).map(([field]) => field)
    expect(refused({ totalHours: '88', [from]: '', [to]: '2027-06-11' })).toEqual([from])
    expect(refused({ totalHours: '88', [from]: '2027-06-11', [to]: '2027-01-11' })).toEqual([to])
    const tooMany = refusedOf(kind, { ...inAll, totalHours: '99999', [from]: '2027-01-11', [to]: '2027-01-15' })
    expect(tooMany).toEqual([['totalHours', sentence('hours.too_many_in_all')]])
  },
)

test.each([offerKind, requestKind])(
  'what is over is refused where it is asked for, with all else there: the $noun',
  (kind) => {
    const weekly = { extentAs: 'weekly', slice: '1', least: '1', 'segments.0.hoursPerWeek': '4' }
    const past = { [from]: '2021-01-11', [to]: '2021-06-11' }
    expect(refusedOf(kind, { ...weekly, ...past })).toEqual([[to, sentence('period.over')]])
    expect(refusedOf(kind, { ...weekly, [from]: '2021-01-11', [to]: '2098-06-11' }).map(([field]) => field)).toEqual([
      to,
    ])
    const both = refusedOf(kind, { ...weekly, ...past, slice: '9', least: '9', openUntil: '2021-01-12' })
    expect(both.map(([field]) => field)).toEqual(
      expect.arrayContaining([to, 'openUntil', kind.noun === 'offer' ? 'slice' : 'least']),
    )
  },
)
