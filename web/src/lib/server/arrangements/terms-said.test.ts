import type { ArrangementView } from '@samkraft/contracts/arrangements'
import type { OfferConditions, OfferView, RequestView } from '@samkraft/contracts/marketplace'
import { expect, test } from 'vitest'
import { format, m } from '#lib/i18n.ts'
import type { Services } from '../services.ts'
import { conditionsFor, conditionsSaid, costSaid, newlySaid, warningsSaid } from './terms-said.ts'

type Asked = Pick<ArrangementView, 'status' | 'terms' | 'shortfall'>

const period = { from: '2027-01-11', to: '2027-06-12' }
const share = { organisationId: 'Norberg', requestId: 'a request', period, hoursPerWeek: 8 }
const arrangement: Asked = {
  status: 'lender_decision',
  terms: { shares: [share], place: 'on_site', rationale: '', cost: null, offerVersion: null },
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
  const more = `${shortfall}, ${m.shortfall_more({ count: 3 })}`
  const weeks = { week: '2027-02-01', left: 2, asked: 8, weeks: 4 }
  expect(said({ shortfall: weeks })).toEqual([m.terms_short({ shortfall: more })])
})

test('who has withdrawn two of the requests is told of once', () => {
  const another = { ...share, requestId: 'another request' }
  const { offer, requests } = market('published', 'withdrawn')
  const both = new Map([...requests, ...[...requests.values()].map((request) => ['another request', request] as const)])
  const terms = { ...arrangement.terms, shares: [share, another] }
  expect(said({ terms, shortfall: null }, { offer, requests: both })).toEqual([
    m.terms_request_withdrawn({ organisation: 'Norberg' }),
  ])
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
  const hourly = (orePerHour: number) => ({ cost: { costModel: 'actual_hours', orePerHour }, comesWith: null }) as const
  const now = hourly(80_000)
  expect(newlySaid(hourly(65_000), now)).toEqual([m.revise_new_cost({ cost: costSaid(now.cost) })])
  expect(newlySaid(now, now)).toEqual([])
  expect(newlySaid({ cost: null, comesWith: null }, now)).toEqual([])
})

test('and of what the offer comes with by now, where it is known what it came with', () => {
  const kept = { costBasis: 'Resor ingår.', conditions: 'En lokal.', noticeWeeks: 4, recallClause: null }
  const told = (change: Partial<OfferConditions>) =>
    newlySaid({ cost: null, comesWith: kept }, { cost: null, comesWith: { ...kept, ...change } })
  expect(told({})).toEqual([])
  expect(newlySaid({ cost: null, comesWith: kept }, { cost: null, comesWith: null })).toEqual([])
  expect(told({ costBasis: 'Resor tillkommer.' })).toEqual([
    m.revise_new_condition({ term: m.terms_cost_basis(), text: 'Resor tillkommer.' }),
  ])
  expect(told({ noticeWeeks: 12, conditions: null })).toEqual([
    m.revise_no_condition({ term: m.terms_conditions() }),
    m.revise_new_condition({ term: m.term_notice(), text: m.weeks_count({ count: 12 }) }),
  ])
})

test('what the offer came with is said as it was, and as it is today, saying so, where that was not kept', () => {
  const kept = { costBasis: 'Resor ingår.', conditions: 'En lokal.', noticeWeeks: 4, recallClause: null }
  const offer = {
    details: { costBasis: '', conditions: null, noticeWeeks: 12, recallClause: '' },
  } as unknown as OfferView
  expect(conditionsSaid(kept, offer)).toEqual([
    { term: m.terms_cost_basis(), text: 'Resor ingår.' },
    { term: m.terms_conditions(), text: 'En lokal.' },
    { term: m.term_notice(), text: m.weeks_count({ count: 4 }) },
  ])
  expect(conditionsSaid(null, offer)).toEqual([
    { term: m.terms_of_offer_today({ term: m.term_notice() }), text: m.weeks_count({ count: 12 }) },
  ])
  expect(conditionsSaid(null, null)).toEqual([])
})

test('what an offer came with is asked for once for each of its versions, however many parts of a page need it', async () => {
  const asked: number[] = []
  const query = ({ version }: { version: number }) => {
    asked.push(version)
    return Promise.resolve({ costBasis: null, conditions: `${version}`, noticeWeeks: 0, recallClause: null })
  }
  // What marketplace answers over the network, and no more of it than the question.
  const services = { marketplace: { offer: { conditions: { query } } } } as unknown as Services
  const conditionsOf = conditionsFor(services, { offer: { offerId: 'an offer' } as ArrangementView['offer'] })
  const versions = [2, 1, 2, null].map((offerVersion) => conditionsOf({ offerVersion }))
  expect((await Promise.all(versions)).map((one) => one?.conditions)).toEqual(['2', '1', '2', undefined])
  expect(asked).toEqual([2, 1])
})
