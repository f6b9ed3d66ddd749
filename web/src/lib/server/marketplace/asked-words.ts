import type { CompetenceName, CompetenceSuggestions } from '@samkraft/contracts/marketplace'
import { nothingFound } from '#lib/marketplace/found.ts'
import type { Services } from '../services.ts'
import { vocabulary } from './lookups.ts'

/** How many competences a list offers for the words that are searched for. */
const most = 4

/** What the words a list is searched by may mean, and the competence it is narrowed to already. */
export async function askedWords(
  services: Services,
  { text, competences }: { text?: string | undefined; competences?: readonly string[] | undefined },
): Promise<{ meant: CompetenceSuggestions; competence: CompetenceName | null }> {
  const chosen = competences?.[0]
  const [meant, known] = await Promise.all([
    text === undefined ? nothingFound : services.marketplace.competence.suggest.query({ text, limit: most }),
    chosen === undefined ? [] : vocabulary(services),
  ])
  const competence = known.find(({ slug }) => slug === chosen) ?? null
  // The one that is chosen is no suggestion any more.
  return { competence, meant: { ...meant, items: meant.items.filter(({ slug }) => slug !== chosen) } }
}
