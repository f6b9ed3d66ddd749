import type { CompetenceName } from '@samkraft/contracts/marketplace'
import { competenceName } from '#lib/marketplace/words.ts'
import type { Services } from '../services.ts'
import { wholeOf } from '../whole-of.ts'

/** What codes are called on this page; a code that has no name is shown as it is. */
export type Lookups = Readonly<{
  competence: (slug: string) => string
  municipality: (code: string | null) => string
}>

/** A municipality one may say that something is in. */
export type Municipality = Readonly<{ code: string; name: string }>

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

/** What codes are called; who has said nothing of where means the reader's own place. */
export async function lookupsOf({ services, actor }: Pick<App.Locals, 'services' | 'actor'>): Promise<Lookups> {
  const county = actor?.organisation.countyCode
  const [competences, municipalities] = await Promise.all([
    vocabulary(services),
    county ? municipalitiesOf(services, county) : [],
  ])
  return lookupsFrom(competences, municipalities, actor?.organisation.shortName ?? '')
}

/** The same of names that are at hand; `own` is the place of whoever said nothing of where. */
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
