import type { ArrangementView } from '@samkraft/contracts/arrangements'
import type { OfferView, RequestView } from '@samkraft/contracts/marketplace'
import { expect, test } from 'vitest'
import { format, m } from '#lib/i18n.ts'
import { newCostSaid, offerSaid, warningsSaid } from './terms-said.ts'

type Asked = Pick<ArrangementView, 'status' | 'terms' | 'shortfall'>

const period = { from: '2027-01-11', to: '2027-06-12' }
const share = { organisationId: 'Norberg', requestId: 'a request', period, hoursPerWeek: 8 }
const arrangement: Asked = {
  status: 'lender_decision',
  terms: { shares: [share], place: 'on_site', rationale: '', cost: null },
  shortfall: { week: '2027-02-01', left: 2, asked: 8 },
}

/** Only what the question is about. */
const market = (offer: string, request: string) => ({
  offer: { status: offer } as unknown as OfferView,
  requests: new Map([
    [
      'a request',
      { owner: { id: 'Norberg' }, status: request, mostLeft: 8, hoursPerWeek: 8 } as unknown as RequestView,
    ],
  ]),
})
const said = (changes: Partial<Asked>, among = market('published', 'published')) =>
  warningsSaid({ ...arrangement, ...changes }, among, (id) => id)

test('an authority is told before it decides that the hours are gone, and which', () => {
  const shortfall = m.reason_shortfall({ left: '2', asked: '8', week: format.week('2027-02-01') })
  expect(said({})).toEqual([m.terms_short({ shortfall })])
  expect(said({ shortfall: null })).toEqual([])
})

test('and that the offer or the request has been withdrawn, which says it all', () => {
  expect(said({}, market('withdrawn', 'withdrawn'))).toEqual([
    m.terms_offer_withdrawn(),
    m.terms_request_withdrawn({ organisation: 'Norberg' }),
  ])
  expect(said({ shortfall: null }, market('paused', 'expired'))).toEqual([])
  expect(said({ status: 'active' }, market('withdrawn', 'withdrawn'))).toEqual([])
})

test('whoever puts new terms is told of a new price, which they will have', () => {
  const offer = { details: { costModel: 'actual_hours', orePerHour: 80_000 } } as unknown as OfferView
  const told = (orePerHour: number) => newCostSaid({ cost: { costModel: 'actual_hours', orePerHour } }, offer)
  expect(told(65_000)).toContain(format.kronor(80_000))
  expect(told(80_000)).toBeNull()
  expect(newCostSaid({ cost: null }, offer)).toBeNull()
  expect(newCostSaid({ cost: { costModel: 'actual_hours', orePerHour: 65_000 } }, null)).toBeNull()
})

test('what is left of the offer is said while terms are agreed on, and what it comes with for as long as there are any', () => {
  const details = { conditions: 'En lokal.', noticeWeeks: 4, recallClause: '' }
  const left = [{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 6 }]
  const offer = { status: 'published', hoursPerWeek: 8, left, details } as unknown as OfferView
  const comesWith = [
    { term: m.terms_conditions(), text: 'En lokal.' },
    { term: m.term_notice(), text: m.weeks_count({ count: 4 }) },
  ]
  expect(offerSaid(offer, true)).toEqual([
    { term: m.terms_left(), text: m.left_of({ left: '6', hours: format.hours(8) }) },
    ...comesWith,
  ])
  expect(offerSaid(offer, false)).toEqual(comesWith)
})
