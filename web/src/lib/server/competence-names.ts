import type { CompetenceName } from '@samkraft/contracts/marketplace'
import { competenceName } from '#lib/marketplace/words.ts'
import { vocabulary } from './marketplace/lookups.ts'
import { ifAnswered } from './refusal.ts'
import type { Services } from './services.ts'

/** How long one reading of the vocabulary is used; it changes with a release. */
const lasting = 10 * 60_000

let known: Readonly<{ names: ReadonlyMap<string, CompetenceName>; until: number }> | undefined

/**
 * What competences are called on this page, for pages that are not marketplace's: they show the code rather than
 * fail when it is away.
 */
export async function competenceNames(services: Services): Promise<(slug: string) => string> {
  const names = await namesFrom(services)
  return (slug) => {
    const name = names.get(slug)
    return name ? competenceName(name) : slug
  }
}

/** The competences that have the words in their name, in either language. */
export async function competencesNamed(services: Services, words: string): Promise<string[]> {
  const sought = words.toLowerCase()
  const names = await namesFrom(services)
  return [...names.values()]
    .filter((name) => [name.sv, name.en].some((called) => called.toLowerCase().includes(sought)))
    .map(({ slug }) => slug)
}

async function namesFrom(services: Services): Promise<ReadonlyMap<string, CompetenceName>> {
  if (known && known.until > Date.now()) return known.names
  const found = await ifAnswered(() => vocabulary(services))
  if (!found) return known?.names ?? new Map()
  const names = new Map(found.map((one) => [one.slug, one]))
  known = { names, until: Date.now() + lasting }
  return names
}
