import type { CompetenceName } from '@samkraft/contracts/marketplace'
import { competenceName } from '#lib/marketplace/words.ts'
import type { Services } from '../services.ts'

/** What codes are called on this page; a code that has no name is shown as it is. */
export type Lookups = Readonly<{
  competence: (slug: string) => string
  municipality: (code: string | null) => string
}>

/** A municipality one may say that something is in. */
export type Municipality = Readonly<{ code: string; name: string }>

/** More pages than any list here has. */
const mostPages = 10

type Page<Item> = Readonly<{ items: readonly Item[]; next: string | null }>

/** The whole vocabulary: ninety-odd names, and everything a form shows of them. */
export function vocabulary({ marketplace }: Services): Promise<CompetenceName[]> {
  return wholeOf(async (cursor) => {
    const page = await marketplace.competence.list.query({ cursor, limit: 100 })
    return { ...page, items: page.items.map(({ slug, group, sv, en }) => ({ slug, group, sv, en })) }
  })
}

/** The municipalities of a county, by name. */
export async function municipalitiesOf({ identity }: Services, countyCode: string): Promise<Municipality[]> {
  const all = await wholeOf((cursor) =>
    identity.organisation.list.query({ countyCode, kind: 'municipality', cursor, limit: 100 }),
  )
  return all.flatMap(({ municipalityCode, shortName }) =>
    municipalityCode === null ? [] : [{ code: municipalityCode, name: shortName }],
  )
}

/** What the codes of the reader's own things are called. */
export async function lookupsOf({ services, actor }: Pick<App.Locals, 'services' | 'actor'>): Promise<Lookups> {
  const county = actor?.organisation.countyCode
  const [competences, municipalities] = await Promise.all([
    vocabulary(services),
    county ? municipalitiesOf(services, county) : [],
  ])
  return lookupsFrom(competences, municipalities, actor?.organisation.shortName ?? '')
}

export function lookupsFrom(
  competences: readonly CompetenceName[],
  municipalities: readonly Municipality[],
  own: string,
): Lookups {
  const names = new Map(competences.map((one) => [one.slug, competenceName(one)]))
  const places = new Map(municipalities.map(({ code, name }) => [code, name]))
  return {
    competence: (slug) => names.get(slug) ?? slug,
    municipality: (code) => (code === null ? own : (places.get(code) ?? code)),
  }
}

async function wholeOf<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { items: more, next } = await read(cursor)
    items.push(...more)
    if (next === null) break
    cursor = next
  }
  return items
}
