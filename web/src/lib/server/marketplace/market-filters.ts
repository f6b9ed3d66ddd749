import {
  CountOffers,
  CountRequests,
  type ListOffers,
  type ListRequests,
  type SortOrder,
  sortOrders,
} from '@samkraft/contracts/marketplace'
import type { z } from 'zod'
import type { FieldError } from '#lib/form.ts'
import { m } from '#lib/i18n.ts'
import { type Asked, type FilterName, filterNames } from '#lib/marketplace/market-filters.ts'
import { FormInput } from '../form-input.ts'
import { issueSentence } from '../issue.ts'
import type { Issue } from '../refusal.ts'

/** Before and after all that can be offered or asked for: one end of a period may be left open. */
const [beginning, end] = ['2000-01-01', '2100-01-01']

const labels: Readonly<Record<FilterName, () => string>> = {
  q: m.filter_text,
  typ: m.filter_kind,
  orsak: m.filter_cause,
  grupp: m.filter_group,
  var: m.filter_where,
  plats: m.filter_place,
  omrade: m.filter_focus_area,
  fran: m.filter_from,
  till: m.filter_to,
  tim: m.filter_least,
}

/** Which filter of the address a field of the command came from. */
const nameOf: Readonly<Record<string, FilterName>> = {
  text: 'q',
  kinds: 'typ',
  causes: 'orsak',
  groups: 'grupp',
  counties: 'var',
  organisationIds: 'var',
  places: 'plats',
  focusAreas: 'omrade',
  period: 'till',
  'period.from': 'fran',
  'period.to': 'till',
  leastHours: 'tim',
}

export type OfferQuery = Omit<z.input<typeof ListOffers>, 'limit'>
export type RequestQuery = Omit<z.input<typeof ListRequests>, 'limit'>

/** The offers an address asks for. What does not fit is said beside its filter, and the list goes without it. */
export function readOfferFilters(url: URL): { asked: Asked; query: OfferQuery } {
  const { input, typed, raw } = readAlike(url)
  const { filters, errors } = fitting(CountOffers, { ...raw, kinds: some(input.optional('typ')) })
  return asking(url, typed, filters, errors)
}

/** The requests an address asks for. */
export function readRequestFilters(url: URL): { asked: Asked; query: RequestQuery } {
  const { input, typed, raw } = readAlike(url)
  const { filters, errors } = fitting(CountRequests, { ...raw, causes: some(input.optional('orsak')) })
  return asking(url, typed, filters, errors)
}

function readAlike({ searchParams }: URL) {
  const data = new FormData()
  for (const name of filterNames) data.set(name, searchParams.get(name) ?? '')
  const input = new FormInput(data)
  const typed = Object.fromEntries(
    filterNames.map((name) => [name, input.text(name)]).filter(([, value]) => value !== ''),
  ) as Asked['values']
  const where = input.optional('var')
  const isCounty = where !== undefined && /^\d{1,3}$/.test(where)
  const { from, to } = { from: input.date('fran'), to: input.period('').to ?? periodEnd(input) }
  const raw = {
    text: input.optional('q'),
    groups: some(input.optional('grupp')),
    counties: isCounty ? [where] : undefined,
    organisationIds: isCounty ? undefined : some(where),
    places: some(input.optional('plats')),
    focusAreas: some(input.optional('omrade')),
    period: from === undefined && to === undefined ? undefined : { from: from ?? beginning, to: to ?? end },
    leastHours: input.number('tim'),
  }
  return { input, typed, raw }
}

function periodEnd(input: FormInput): string | undefined {
  return input.dayAfter('till')
}

function some(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value]
}
