import { CountOffers, CountRequests, type SortOrder, sortOrders } from '@samkraft/contracts/marketplace'
import type { z } from 'zod'
import type { FieldError } from '#lib/form.ts'
import { m } from '#lib/i18n.ts'
import { type Asked, type FilterName, filterNames } from '#lib/marketplace/market-filters.ts'
import { FormInput } from '../form-input.ts'
import { misfitSentence, misfitsOf } from '../misfit.ts'

/** Before and after all that can be offered or asked for: one end of a period may be left open. */
const [beginning, end] = ['2000-01-01', '2100-01-01']

type Labels = Readonly<Record<FilterName, () => string>>

const offerLabels: Labels = {
  q: m.filter_text,
  typ: m.filter_kind,
  orsak: m.filter_cause,
  kompetens: m.filter_competence,
  grupp: m.filter_group,
  var: m.filter_where,
  plats: m.filter_place,
  omrade: m.filter_focus_area,
  fran: m.filter_from,
  till: m.filter_to,
  tim: m.filter_least,
}
const requestLabels: Labels = { ...offerLabels, tim: m.filter_least_requests }

/** Which filter of the address a field of the command came from. */
const nameOf: Readonly<Record<string, FilterName>> = {
  text: 'q',
  kinds: 'typ',
  causes: 'orsak',
  competences: 'kompetens',
  groups: 'grupp',
  counties: 'var',
  organisationIds: 'var',
  places: 'plats',
  focusAreas: 'omrade',
  'period.from': 'fran',
  'period.to': 'till',
  leastHours: 'tim',
}

/** What an address asks for: what was typed, and as much of it as the service can be asked. */
export type Reading<Filters> = Readonly<{ asked: Asked; filters: Filters; sort: SortOrder | undefined }>

/** The offers an address asks for. What does not fit is said beside its filter, and the list does without it. */
export function readOfferFilters(url: URL): Reading<z.output<typeof CountOffers>> {
  const input = readInput(url, 'orsak')
  return reading(url, input, offerLabels, CountOffers, { ...alike(input), kinds: some(input.optional('typ')) })
}

/** The requests an address asks for. */
export function readRequestFilters(url: URL): Reading<z.output<typeof CountRequests>> {
  const input = readInput(url, 'typ')
  return reading(url, input, requestLabels, CountRequests, { ...alike(input), causes: some(input.optional('orsak')) })
}

/** The filters of a list; `others` is one that only the other list has. */
function readInput({ searchParams }: URL, others: FilterName): FormInput {
  const data = new FormData()
  for (const name of filterNames) if (name !== others) data.set(name, searchParams.get(name) ?? '')
  data.set('period.from', searchParams.get('fran') ?? '')
  data.set('period.to', searchParams.get('till') ?? '')
  return new FormInput(data)
}

function alike(input: FormInput): Readonly<Record<string, unknown>> {
  const where = input.optional('var')
  const isCounty = where !== undefined && /^\d+$/.test(where)
  const { from, to } = input.period('period')
  return {
    text: input.optional('q'),
    competences: some(input.optional('kompetens')),
    groups: some(input.optional('grupp')),
    counties: isCounty ? [where] : undefined,
    organisationIds: isCounty ? undefined : some(where),
    places: some(input.optional('plats')),
    focusAreas: some(input.optional('omrade')),
    period: from === undefined && to === undefined ? undefined : { from: from ?? beginning, to: to ?? end },
    leastHours: input.number('tim'),
  }
}

function some(value: string | undefined): string[] | undefined {
  return value === undefined ? undefined : [value]
}

function reading<Schema extends z.ZodObject>(
  { searchParams }: URL,
  input: FormInput,
  labels: Labels,
  schema: Schema,
  raw: Readonly<Record<string, unknown>>,
): Reading<z.output<Schema>> {
  const parsed = schema.safeParse(raw, { reportInput: true })
  const misfits = parsed.success ? {} : misfitsOf(parsed.error)
  const misfit = new Set(Object.keys(misfits).map((path) => path.split('.')[0]))
  const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !misfit.has(name)))
  const sort = searchParams.get('sortera')
  const values: Asked['values'] = Object.fromEntries(
    filterNames.map((name) => [name, input.text(name)]).filter(([, value]) => value !== ''),
  )
  const errors = Object.entries(misfits).map(([path, misfit]): FieldError => {
    const field = nameOf[path] ?? nameOf[path.split('.')[0] ?? ''] ?? 'q'
    return { field, label: labels[field](), text: misfitSentence(misfit) }
  })
  return {
    filters: parsed.success ? parsed.data : schema.parse(rest),
    sort: sortOrders.find((order) => order === sort),
    asked: {
      values,
      sort,
      cursor: searchParams.get('efter'),
      state: {
        action: '',
        values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value]])),
        errors,
        problem: null,
        code: null,
        details: {},
      },
    },
  }
}
