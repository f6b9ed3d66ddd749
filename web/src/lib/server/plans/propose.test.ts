import { expect, test } from 'vitest'
import { sharesOf } from './propose.ts'

test('of a row of a plan that is under way only the days to come are proposed', () => {
  const row = { requestId: 'a-request', period: { from: '2027-01-11', to: '2027-06-12' }, hoursPerWeek: 8 }
  const proposedOn = (today: string) => sharesOf([row], today).map(({ period }) => period)
  expect(proposedOn('2026-12-01')).toEqual([row.period])
  expect(proposedOn('2027-02-03')).toEqual([{ from: '2027-02-03', to: '2027-06-12' }])
})
