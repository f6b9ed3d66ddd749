import type { PlanFigures } from '@samkraft/contracts/matching'
import { expect, test } from 'vitest'
import { format, m } from '#lib/i18n.ts'
import { measureRows } from './figures.ts'

const figures: PlanFigures = {
  hoursGiven: 8,
  hoursAsked: 8,
  requests: 1,
  met: 1,
  partlyMet: 0,
  worstOff: null,
  kmPerWeek: 0,
  ore: 0,
  hoursWithoutPrice: 0,
  value: 8,
  bound: 8,
  gap: 0,
  giniGiven: 0,
  giniReceived: 0,
}

test('a plan that is proven to be the best is said to be, also past what rounding has left', () => {
  const said = (gap: number) => {
    const rows = measureRows([{ key: 'one', figures: { ...figures, gap } }], () => ({
      name: '',
      shortName: '',
      municipalityCode: null,
      countyCode: null,
    }))
    return rows.find(({ measure }) => measure === m.plan_gap())?.values['one']
  }
  const proven = m.plan_gap_proven({ percent: format.percent(0) })
  expect([0, 1e-9, 2e-9].map(said)).toEqual([proven, proven, proven])
  expect(said(0.0004)).toBe(m.plan_gap_value({ percent: format.percent(0.1) }))
})
