import type { TermsView } from '@samkraft/contracts/arrangements'
import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { compareTerms } from './revisions.ts'

const period = { from: '2027-01-11', to: '2027-06-12' }
const share = { organisationId: 'Norberg', requestId: 'a request', period, hoursPerWeek: 8 }
const terms = (orePerHour: number | null): { terms: TermsView } => ({
  terms: {
    shares: [share],
    place: 'on_site',
    rationale: '',
    cost: orePerHour === null ? null : { costModel: 'actual_hours', orePerHour },
    offerVersion: null,
  },
})

const changed = (before: number | null, after: number | null) =>
  compareTerms(terms(before), terms(after), (id) => id).find(({ term }) => term === m.terms_cost())?.changed

test('a new price is a change, and where it was not kept nothing is said to have changed', () => {
  expect(changed(65_000, 65_000)).toBe(false)
  expect(changed(65_000, 80_000)).toBe(true)
  expect(changed(null, 65_000)).toBeUndefined()
  expect(changed(null, null)).toBeUndefined()
})
