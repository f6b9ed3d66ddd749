import { addDays } from '@samkraft/kernel'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { writeCursor } from '../src/app/page.ts'
import * as searchWordByWord from '../src/db/migrations/0006-search-word-by-word.ts'
import { key, publishedOffer, publishedRequest, spring } from './builders.ts'
import { type As, kungsor, norberg, sala, test, vasteras } from './fixture.ts'

test.for([
  ['skolpsykolog', 'skolpsykolog'],
  ['skolpsyk', 'skolpsykolog'],
  ['psykolog', 'skolpsykolog'],
  ['psykolg', 'skolpsykolog'],
  ['Barnpsykolog', 'skolpsykolog'],
  ['school psychologist', 'skolpsykolog'],
  ['kurator', 'skolkurator'],
  ['Kuraotr', 'skolkurator'],
  ['socionom', 'skolkurator'],
  ['logoped', 'logoped'],
  ['lgoped', 'logoped'],
  ['skolskoterska', 'skolskoterska'],
  ['SKOLSKÖTERSKA', 'skolskoterska'],
  ['skolsyster', 'skolskoterska'],
  ['syv', 'syv'],
  ['studievägledare', 'syv'],
  ['syokonsulent', 'syv'],
  ['specped', 'specialpedagog'],
  ['lärare matematik', 'larare-matematik'],
  ['mattelärare', 'larare-matematik'],
  ['hemkunskap', 'larare-hkk'],
  ['modersmålslärare', 'modersmalslarare'],
  ['sfi', 'sfi-larare'],
  ['gdpr', 'dataskyddsombud'],
  ['upphandling', 'upphandlare'],
  ['bibliotekarie', 'skolbibliotekarie'],
  ['arkiv', 'arkivarie'],
  ['autism', 'npf-handledare'],
  ['AKK', 'akk-pedagog'],
] as const)('%s means %s', async ([text, slug], { as }) => {
  const { items } = await as(norberg).competence.suggest({ text })
  expect(items[0]?.slug).toBe(slug)
})

test('a suggestion says which words hit which name, how, and by which relation; the rest is said not to be understood', async ({
  as,
}) => {
  const { items, notUnderstood, extent, period } = await as(norberg).competence.suggest({
    text: 'Barnpsykologr 20 % till Kirseberg, vt 2027',
  })
  expect(items[0]).toMatchObject({
    slug: 'skolpsykolog',
    ...{ word: 'Barnpsykolog', wordKind: 'alias', typed: ['Barnpsykologr'], way: 'misspelt' },
    through: { by: 'occupation', name: 'Psykolog' },
  })
  expect(notUnderstood).toEqual(['Kirseberg'])
  expect(extent).toEqual({ percent: 20 })
  expect(period).toEqual({ from: '2027-01-01', to: '2027-07-01' })
})

test.for(['', '   ', '!!!', '(', "a'b:*&|", '%_', '🙂'])(
  '%j means nothing, and breaks nothing',
  async (text, { as }) => {
    expect(await as(norberg).competence.suggest({ text })).toMatchObject({ items: expect.any(Array) })
    if (text.trim() !== '') expect(await as(norberg).offer.list({ text })).toMatchObject({ items: [] })
  },
)

test('a competence is shown with its codes, words and hints, the hints as proposals', async ({ as }) => {
  const psychologist = await as(norberg).competence.get({ slug: 'skolpsykolog' })
  expect(psychologist).toMatchObject({
    group: 'elevhalsa',
    licence: { sv: 'legitimerad psykolog', status: 'proposal' },
    legalRoute: { key: 'halso', status: 'proposal' },
    ssyk: [{ code: '2' }, { code: '22' }, { code: '224' }, { code: '2241', name: 'Psykologer' }],
  })
  expect(psychologist.occupations).toMatchObject([
    { name: 'Psykolog', aliases: expect.arrayContaining(['Barnpsykolog']) },
  ])
  await expect(as(norberg).competence.get({ slug: 'trollkarl' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the whole vocabulary is listed, a page at a time', async ({ as }) => {
  const api = as(norberg)
  const slugs: string[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await api.competence.list({ limit: 40, ...(cursor === undefined ? {} : { cursor }) })
    slugs.push(...items.map(({ slug }) => slug))
    cursor = next ?? undefined
  } while (cursor !== undefined)
  expect(new Set(slugs).size).toBe(93)
  const { items } = await api.competence.list({ group: 'juridik-inkop' })
  expect(items.map(({ slug }) => slug)).toEqual(['skoljurist', 'avtalsjurist', 'dataskyddsombud', 'upphandlare'])
})

const market = test.extend('market', { scope: 'file' }, () => ({ filled: false }))

/** Six offers that differ in what lists are narrowed by. */
async function fill(as: As, state: { filled: boolean }) {
  if (state.filled) return
  state.filled = true
  const autumn = { from: '2027-08-16', to: '2027-12-18' }
  await publishedOffer(as(vasteras), {
    otherCompetences: ['neuropsykolog'],
    focusAreas: ['elevhalsa'],
    description: 'Utredningar och handledning av elevhälsoteam',
  })
  await publishedOffer(as(vasteras), {
    mainCompetence: 'skolkurator',
    place: 'remote',
    travelKm: null,
    segments: [{ period: autumn, hoursPerWeek: 20 }],
  })
  await publishedOffer(as(sala), {
    mainCompetence: 'logoped',
    licence: 'claimed',
    segments: [{ period: spring, hoursPerWeek: 4 }],
  })
  await publishedOffer(as(sala), {
    kind: 'function',
    mainCompetence: 'skoljurist',
    title: 'Juridisk jour för rektorer',
    place: 'on_site',
  })
  await publishedOffer(as(kungsor), {
    mainCompetence: 'larare-matematik',
    segments: [{ period: spring, hoursPerWeek: 30 }],
  })
  await publishedOffer(as(kungsor), {
    kind: 'material',
    mainCompetence: 'trygghet',
    segments: [],
    slice: null,
    openUntil: '2027-06-30',
    costModel: 'none',
    orePerHour: null,
    title: 'Handbok mot kränkningar',
  })
}

market.for([
  [{ text: 'psykolog' }, ['skolpsykolog']],
  [{ text: 'neuropsykolog' }, ['skolpsykolog']],
  [{ text: 'handledning elevhälsoteam' }, ['skolpsykolog']],
  [{ text: 'kurator västerås' }, ['skolkurator']],
  [{ text: 'psykolog sala' }, []],
  [{ text: 'kungsor' }, ['larare-matematik', 'trygghet']],
  [{ text: 'Kungörs' }, ['larare-matematik', 'trygghet']],
  [{ text: 'jurist' }, ['skoljurist']],
  [{ text: 'rektorer' }, ['skoljurist']],
  [{ text: 'lgoped' }, ['logoped']],
  [{ text: 'SALA-2026-E001' }, ['logoped']],
  // Words people ask with are looked for nowhere, nor is how much they ask for.
  [{ text: 'någon som kan vara kurator 37 %' }, ['skolkurator']],
  [{ text: 'kurator 20 %, 8 h/v' }, ['skolkurator']],
  // Nothing but an extent is at least so many hours.
  [{ text: 'ca 20 h/v' }, ['larare-matematik', 'skolkurator']],
  [{ text: '50 %', period: spring }, ['larare-matematik']],
  // A term is no word either, and narrows by its days.
  [{ text: 'psykolog vt 2027' }, ['skolpsykolog']],
  [{ text: 'psykolog från augusti' }, ['skolpsykolog']],
  [{ text: 'psykolog från 1 mars 2027' }, ['skolpsykolog']],
  [{ text: 'psykolog från 1 september 2027' }, []],
  [{ text: 'kurator vt 2027–ht 2027' }, ['skolkurator']],
  [{ text: 'psykolog hösten 2027' }, []],
  [{ text: 'kurator HT27' }, ['skolkurator']],
  [{ text: 'autumn 2027' }, ['skolkurator']],
  [{ text: 'hösten 2027', period: spring }, ['larare-matematik', 'logoped', 'skoljurist', 'skolpsykolog']],
  // A number of pupils is neither a year nor a word.
  [{ text: 'psykolog våren 30 elever' }, ['skolpsykolog']],
  [{ text: 'psykolog vt 28 elever' }, ['skolpsykolog']],
  [{ text: 'psykolog 25 elever' }, ['skolpsykolog']],
  // No offer has these words; together they mean what one is about.
  [{ text: 'plan mot kränkande behandling' }, ['trygghet']],
  // As it may be copied from a page.
  [{ text: 'skol\u00adkurator\u200b' }, ['skolkurator']],
  // What means no competence is looked for as text.
  [{ text: 'psykolog elevhälsoteam' }, ['skolpsykolog']],
  [{ text: 'logoped elevhälsoteam' }, []],
  [{ competences: ['neuropsykolog'] }, ['skolpsykolog']],
  [{ groups: ['elevhalsa'] }, ['logoped', 'skolkurator', 'skolpsykolog']],
  [{ groups: ['elevhalsa'], places: ['remote'] }, ['skolkurator']],
  [{ kinds: ['function', 'material'] }, ['skoljurist', 'trygghet']],
  [{ organisationIds: [sala.organisationId] }, ['logoped', 'skoljurist']],
  [
    { organisationIds: [sala.organisationId, kungsor.organisationId], kinds: ['competence'] },
    ['larare-matematik', 'logoped'],
  ],
  [{ counties: ['19'], focusAreas: ['elevhalsa'] }, ['skolpsykolog']],
  [{ counties: ['01'] }, []],
  [{ period: { from: '2027-07-01', to: '2027-09-01' } }, ['skolkurator']],
  [{ leastHours: 20 }, ['larare-matematik', 'skolkurator']],
  [{ leastHours: 20, period: spring }, ['larare-matematik']],
  [{ text: 'psykolog', leastHours: 17 }, []],
] as const)('%j finds %j', async ([filters, slugs], { as, market: state, onDay }) => {
  await onDay('2026-11-23')
  await fill(as, state)
  const asked = JSON.parse(JSON.stringify(filters)) as Parameters<ReturnType<typeof as>['offer']['list']>[0]
  const { items } = await as(norberg).offer.list(asked)
  expect(items.map(({ mainCompetence }) => mainCompetence.slug).sort()).toEqual([...slugs])
  expect(await as(norberg).offer.count(asked)).toEqual({ counted: slugs.length, more: false })
})

market('what pauses in a period is not listed for it', async ({ as, market: state, onDay }) => {
  await onDay('2026-11-23')
  await fill(as, state)
  const terms = [spring, { from: '2028-01-10', to: '2028-06-10' }]
  const segments = terms.map((period) => ({ period, hoursPerWeek: 8 }))
  const { id } = await publishedOffer(as(sala), { mainCompetence: 'syv', segments })
  const listed = async (from: string, to: string) =>
    (await as(norberg).offer.list({ competences: ['syv'], period: { from, to } })).items.map((item) => item.id)
  expect(await listed('2027-07-01', '2028-01-01')).toEqual([])
  expect(await listed('2027-07-01', '2028-02-01')).toEqual([id])
  expect(await listed('2027-02-01', '2027-03-01')).toEqual([id])
})

market('what it is above all about comes before what it is about as well', async ({ as, market: state }) => {
  await fill(as, state)
  await publishedOffer(as(sala), { mainCompetence: 'arbetsterapeut-skola', otherCompetences: ['talpedagog'] })
  await publishedOffer(as(sala), { mainCompetence: 'talpedagog' })
  await publishedOffer(as(sala), {
    mainCompetence: 'arbetsterapeut-skola',
    description: 'Talpedagog talpedagog talpedagog',
  })
  const { items } = await as(norberg).offer.list({ text: 'talpedagog' })
  expect(items[0]?.mainCompetence.slug).toBe('talpedagog')
  expect(items).toHaveLength(3)
})

test('what nobody sees in a word, on either side, does not part it', async ({ as }) => {
  const title = 'Noshörnings\u00adpark\u200b'
  const { id } = await publishedOffer(as(vasteras), { mainCompetence: 'kostchef', title })
  for (const text of ['noshörningspark', 'nos\u00adhörnings\u00adpark', title]) {
    const { items } = await as(norberg).offer.list({ text })
    expect(items.map((item) => item.id)).toEqual([id])
  }
  const { items, notUnderstood } = await as(norberg).competence.suggest({ text: 'skol\u00adpsyko\u00adlog' })
  expect(items[0]).toMatchObject({ slug: 'skolpsykolog', way: 'same', typed: ['skolpsykolog'] })
  expect(notUnderstood).toEqual([])
})

const written = test.extend('written', { scope: 'file' }, () => ({ ids: new Map<string, string>() }))

/** Ways people write that Postgres would read as one word, or as another. */
const waysToWrite = {
  stroke: 'Kranvatten/brandkår',
  hyphen: 'Xylofon för åk 7-9',
  number: 'Trumpet i ÅK3',
  point: 'Elefanten.Tapir',
  address: 'Läs på www.antilop.se/zebra',
  plus: 'Flodhäst del-27',
} as const

written.for([
  ['brandkår', 'stroke'],
  ['kranvatten/brandkår', 'stroke'],
  ['xylofon åk 7-9', 'hyphen'],
  ['åk 9 xylofon', 'hyphen'],
  ['åk3', 'number'],
  ['Tapir', 'point'],
  ['zebra', 'address'],
  ['del-27 flodhäst', 'plus'],
] as const)('what is written is found word by word: %j', async ([text, way], { as, db, owner, written: { ids } }) => {
  if (ids.size === 0) {
    for (const [name, title] of Object.entries(waysToWrite))
      ids.set(name, (await publishedOffer(as(vasteras), { mainCompetence: 'trygghet', title })).id)
  }
  const found = async () => (await as(norberg).offer.list({ text })).items.map(({ id }) => id)
  expect(await found()).toEqual([ids.get(way)])
  // The index as it was before, and what the migration makes of it.
  await sql`
    update published_offer set search = to_tsvector('swedish_plain', item ->> 'title') || array_to_tsvector('{main.trygghet}')
    where id = any(${[...ids.values()]}::uuid[])`.execute(owner)
  expect(await found()).toEqual([])
  await searchWordByWord.up(owner)
  expect(await found()).toEqual([ids.get(way)])
  const { rows } = await sql<{
    labelled: boolean
  }>`select bool_and(search @@ '''main.trygghet''') as labelled from published_offer where id = ${ids.get(way)}`.execute(
    db,
  )
  expect(rows).toEqual([{ labelled: true }])
})

test.for(['newest', 'starts', 'most_left', 'relevance'] as const)(
  'pages by %s show each once, in order',
  async (sort, { as }) => {
    const api = as(norberg)
    await Promise.all(
      Array.from({ length: 7 }, (_, index) =>
        publishedRequest(api, {
          requiredCompetences: ['tolk'],
          // Pairs that are equal in what they are sorted by.
          segments: [
            {
              period: { from: addDays('2027-01-11', (index >> 1) * 7), to: '2027-06-12' },
              hoursPerWeek: 4 + (index >> 1),
            },
          ],
        }),
      ),
    )
    const whole = await api.request.list({ text: 'tolk', sort, limit: 100 })
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const { items, next } = await api.request.list({
        text: 'tolk',
        sort,
        limit: 2,
        ...(cursor === undefined ? {} : { cursor }),
      })
      paged.push(...items.map(({ id }) => id))
      cursor = next ?? undefined
    } while (cursor !== undefined)
    expect(paged).toEqual(whole.items.map(({ id }) => id))
    expect(new Set(paged).size).toBe(paged.length)
    const values = whole.items.map(
      ({ publishedAt, period, mostLeft }) =>
        ({ newest: publishedAt, starts: period?.from ?? '', most_left: mostLeft, relevance: 0 })[sort],
    )
    const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    expect(values).toEqual(sort === 'starts' ? sorted : sorted.toReversed())
  },
)

test.for(['newest', 'starts', 'most_left', 'relevance'] as const)(
  'pages by %s show each that stands all the while once, whatever comes and goes between them',
  async (sort, { as }) => {
    const api = as(sala)
    const publish = (index: number) =>
      publishedRequest(api, {
        requiredCompetences: ['skolskjutsplanerare'],
        title: index % 3 === 0 ? 'Skolskjutsplanerare' : null,
        segments: [
          { period: { from: addDays('2027-01-11', (index % 4) * 7), to: '2027-06-12' }, hoursPerWeek: 4 + (index % 3) },
        ],
      })
    const asked = { text: 'skolskjutsplanerare', organisationIds: [sala.organisationId], sort }
    for (const index of Array.from({ length: 14 }, (_, one) => one)) await publish(index)
    const all = (await api.request.list({ ...asked, limit: 100 })).items
    const standing = new Set(all.map(({ id }) => id))
    const leaves = async (move: 'withdraw' | 'pause', id = '') => {
      standing.delete(id)
      await api.request[move]({ ...key(), requestId: id, version: 1 })
    }

    const paged: string[] = []
    let cursor: string | undefined
    do {
      const { items, next } = await api.request.list({
        ...asked,
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      })
      paged.push(...items.map(({ id }) => id))
      cursor = next ?? undefined
      const rest = all.filter(({ id }) => standing.has(id) && !paged.includes(id))
      // The very one the next page begins after, the one it would begin with, and one further on.
      await leaves('withdraw', items.at(-1)?.id)
      if (rest.length > 3) await leaves('pause', rest[0]?.id)
      if (rest.length > 3) await leaves('withdraw', rest[2]?.id)
      await publish(paged.length)
    } while (cursor !== undefined && paged.length < 100)
    expect(new Set(paged).size).toBe(paged.length)
    expect(paged.filter((id) => standing.has(id)).sort()).toEqual([...standing].sort())
    for (const id of standing) await leaves('withdraw', id)
  },
)

const someId = '00000000-0000-4000-8000-000000000000'

test.for([
  'x',
  'W10',
  writeCursor('newest', 'now', someId),
  writeCursor('newest', '2027-01-01T00:00:00Z', "1' or true"),
  writeCursor('starts', '2027-01-01', someId),
  // What the database cannot read.
  writeCursor('newest', '0000-01-01T00:00:00Z', someId),
  writeCursor('newest', '2027-01-01T00:00:00+20:00', someId),
])('a cursor that is not of this list (%s) is refused', async (cursor, { as }) => {
  await expect(as(norberg).offer.list({ cursor })).rejects.toThrow('page.cursor_invalid')
})

test.for([
  ['starts', '0000-01-01'],
  ['most_left', '1e999'],
  ['most_left', '1e-999'],
] as const)('a cursor by %s at %s is refused, and breaks nothing', async ([sort, value], { as }) => {
  const asked = { sort, cursor: writeCursor(sort, value, someId) }
  await expect(as(norberg).offer.list(asked)).rejects.toThrow('page.cursor_invalid')
})

test('a cursor of one’s own, of tasks or of competences that nobody can stand at is refused', async ({ as }) => {
  const api = as(norberg)
  const [mine, task] = [
    writeCursor('mine', '0000-01-01T00:00:00Z', someId),
    writeCursor('tasks', '0000-01-01', `offer_draft:${someId}`),
  ]
  await expect(api.offer.mine({ cursor: mine })).rejects.toThrow('page.cursor_invalid')
  await expect(api.task.list({ cursor: task })).rejects.toThrow('page.cursor_invalid')
  for (const position of ['999999999999', '1.5'])
    await expect(api.competence.list({ cursor: writeCursor('competences', position, 'tolk') })).rejects.toThrow(
      'page.cursor_invalid',
    )
})

test('a cursor of another order is refused, though its value looks right', async ({ as }) => {
  const cursor = writeCursor('most_left', '4', someId)
  await expect(as(norberg).offer.list({ text: 'tolk', cursor })).rejects.toThrow('page.cursor_invalid')
  await as(norberg).offer.list({ text: 'tolk', sort: 'most_left', cursor })
})

test('what has no hours comes last by its start, and is on a page as the rest is', async ({ as }) => {
  const material = { kind: 'material', segments: [], slice: null, costModel: 'none', orePerHour: null } as const
  const ids: string[] = []
  for (const change of [{ ...material, openUntil: '2027-06-30' }, { ...material, openUntil: '2027-05-31' }, {}])
    ids.push((await publishedOffer(as(kungsor), { mainCompetence: 'kulturskola', ...change })).id)
  const [first, second, hours] = ids
  const paged: string[] = []
  let cursor: string | undefined
  do {
    const { items, next } = await as(norberg).offer.list({
      sort: 'starts',
      competences: ['kulturskola'],
      organisationIds: [kungsor.organisationId],
      limit: 1,
      ...(cursor === undefined ? {} : { cursor }),
    })
    paged.push(...items.map(({ id }) => id))
    cursor = next ?? undefined
  } while (cursor !== undefined)
  expect(paged).toEqual([hours, first, second])
})
