import type { MatchFactor } from '@samkraft/contracts/matching'
import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { reasonsOf } from './factors.ts'

const term = { from: '2027-01-11', to: '2027-06-12' }

function periodReason(covered: { from: string; to: string }) {
  const factor: Extract<MatchFactor, { factor: 'period' }> = {
    factor: 'period',
    outcome: 'hit',
    points: 20,
    max: 20,
    evidence: { weeks: 14, askedWeeks: 14, covered, asked: term, fixed: true },
    missing: null,
  }
  return reasonsOf([factor], (slug) => slug).map(({ text }) => text)
}

test('a match that covers the whole period says so, and one that covers what others have left says which weeks', () => {
  expect(periodReason(term)).toEqual([m.period_hit({ weeks: 'v.\u00a02–23' })])
  // The same weeks, though the offer begins some days into the first.
  expect(periodReason({ ...term, from: '2027-01-13' })).toEqual([m.period_hit({ weeks: 'v.\u00a02–23' })])
  expect(periodReason({ ...term, from: '2027-03-08' })).toEqual([m.period_hit_lacking({ weeks: 'v.\u00a010–23' })])
})
