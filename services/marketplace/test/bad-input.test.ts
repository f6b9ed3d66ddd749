import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect } from 'vitest'
import { type marketplacePermissions } from '@samkraft/contracts/marketplace'
import { key, offerDetails, publishedOffer, publishedRequest, requestDetails, spring } from './builders.ts'
import { test, vasteras } from './fixture.ts'

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    '\0',
    '\ud800',
    'a'.repeat(5_000),
    '0000-01-01',
    '9999-12-31',
    '2027-02-30',
    '-0001-01-01',
    'infinity',
    "'; drop table offer --",
    "x' | 'y",
    '\\',
    '%',
    '🙂',
    -1,
    0,
    -0,
    1e308,
    5e-324,
    1e15,
    0.1,
    2 ** 31,
    2 ** 53,
    true,
    [],
    {},
    [null],
    { __proto__: null },
    [[[]]],
    randomUUID(),
    '00000000-0000-0000-0000-000000000000',
    'NaN',
    '1e400',
  ),
  fc.string({ unit: 'binary' }),
  fc.jsonValue(),
)

type Way = readonly (string | number)[]

function waysInto(value: unknown, way: Way = []): Way[] {
  if (value === null || typeof value !== 'object') return [way]
  const inner: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [way, ...inner.flatMap(([name, part]) => waysInto(part, [...way, name]))]
}

function replaced(value: unknown, [first, ...rest]: Way, by: unknown): unknown {
  if (first === undefined) return by
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (index === first ? replaced(part, rest, by) : part))
  const named = value as Record<string, unknown>
  return { ...named, [first]: replaced(named[String(first)], rest, by) }
}

test(
  'whatever is put in the place of a part of an input, it is refused or understood, never failed on',
  { timeout: 120_000 },
  async ({ as }) => {
    const offer = await publishedOffer(as(vasteras))
    const request = await publishedRequest(as(vasteras))
    const draft = await as(vasteras).offer.saveDraft({ ...key(), details: offerDetails() })
    const filters = {
      text: 'psykolog',
      competences: ['tolk'],
      groups: ['elevhalsa'],
      organisationIds: [vasteras.organisationId],
      counties: ['19'],
      places: ['remote'],
      focusAreas: ['elevhalsa'],
      period: spring,
      leastHours: 4,
    }
    const page = { limit: 5, cursor: 'x' }
    const offerCommand = { ...key(), offerId: offer.id, version: 1 }
    const requestCommand = { ...key(), requestId: request.id, version: 1 }
    const inputs: Record<keyof typeof marketplacePermissions, object> = {
      'competence.list': { ...page, group: 'elevhalsa' },
      'competence.suggest': { text: 'psykolog', limit: 5 },
      'competence.get': { slug: 'tolk' },
      'offer.list': { ...filters, ...page, kinds: ['function'], sort: 'newest' },
      'offer.count': filters,
      'offer.get': { offerId: offer.id },
      'offer.conditions': { offerId: offer.id, version: 1 },
      'offer.mine': { ...page, statuses: ['draft'] },
      'offer.draftGet': { offerId: draft.id },
      'offer.saveDraft': { ...key(), offerId: draft.id, version: 1, details: offerDetails() },
      'offer.discardDraft': offerCommand,
      'offer.publish': {
        ...key(),
        details: offerDetails({
          kind: 'material',
          segments: [],
          slice: null,
          openUntil: '2027-06-01',
          confirmedUntil: '2027-01-01',
          placeMunicipality: '1962',
        }),
      },
      'offer.change': { ...offerCommand, details: offerDetails({ totalHours: 352, openUntil: '2027-01-01' }) },
      'offer.pause': offerCommand,
      'offer.resume': offerCommand,
      'offer.withdraw': offerCommand,
      'offer.confirm': { ...offerCommand, until: '2027-05-05' },
      'request.list': { ...filters, ...page, causes: ['vacancy'], sort: 'relevance' },
      'request.count': filters,
      'request.get': { requestId: request.id },
      'request.figures': { county: '19' },
      'request.mine': page,
      'request.draftGet': { requestId: request.id },
      'request.saveDraft': { ...key(), details: requestDetails() },
      'request.discardDraft': requestCommand,
      'request.publish': { ...key(), details: requestDetails({ planLink: 'https://example.se/plan' }) },
      'request.change': { ...requestCommand, details: requestDetails() },
      'request.pause': requestCommand,
      'request.resume': requestCommand,
      'request.withdraw': requestCommand,
      'ledger.get': { offerId: offer.id, from: '2027-01-11', weeks: 10 },
      'market.summary': { county: '19', period: spring },
      'market.headings': { ids: [offer.id, request.id] },
      'task.list': page,
      'audit.list': { ...page, subjectId: offer.id },
      'audit.verify': {},
    }
    const paths = Object.keys(inputs) as (keyof typeof inputs)[]
    const anyInput = fc.constantFrom(...paths).chain((path) => {
      const input = 'commandKey' in inputs[path] ? { ...inputs[path], commandKey: randomUUID() } : inputs[path]
      return fc.tuple(fc.constant(path), fc.constant(input), fc.constantFrom(...waysInto(input)), nasty)
    })
    const refusals = new Set(['BAD_REQUEST', 'NOT_FOUND', 'CONFLICT'])
    await fc.assert(
      fc.asyncProperty(anyInput, async ([path, input, way, by]) => {
        const [noun, verb] = path.split('.')
        const api: unknown = as(vasteras, 'officer', 'registrar', 'process_support')
        const call = (api as Record<string, Record<string, (input: unknown) => Promise<unknown>>>)[noun ?? '']?.[
          verb ?? ''
        ]
        if (!call) throw new Error(`no procedure ${path}`)
        const fresh = 'commandKey' in input ? { ...input, commandKey: randomUUID() } : input
        const code = await call(replaced(fresh, way, by)).then(
          () => 'OK',
          (error: { code: string }) => error.code,
        )
        expect(code === 'OK' || refusals.has(code), `${path} at ${way.join('.')}: ${code}`).toBe(true)
      }),
      { numRuns: 1_500 },
    )
  },
)
