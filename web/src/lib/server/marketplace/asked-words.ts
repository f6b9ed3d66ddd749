import type { CompetenceName, CompetenceSuggestions, WrittenExtent } from '@samkraft/contracts/marketplace'
import { fullTimeHours } from '@samkraft/kernel'
import { nothingFound } from '#lib/marketplace/found.ts'
import type { Services } from '../services.ts'
import { vocabulary } from './lookups.ts'

/** How many competences a list offers for the words that are searched for. */
const most = 4

/** What the words a list is searched by do to it, and the competence it is narrowed to already. */
type AskedWords = Readonly<{
  meant: CompetenceSuggestions
  competence: CompetenceName | null
  /** Whether there is a word among them to look for, and not only how much and when. */
  lookFor: boolean
  /** The hours a week that words which say nothing to look for ask for at least; null where they do not. */
  least: number | null
}>

/** The same, as marketplace reads them. */
export async function askedWords(
  services: Services,
  { text, competences }: { text?: string | undefined; competences?: readonly string[] | undefined },
): Promise<AskedWords> {
  const chosen = competences?.[0]
  const [meant, known] = await Promise.all([
    text === undefined ? nothingFound : services.marketplace.competence.suggest.query({ text, limit: most }),
    chosen === undefined ? [] : vocabulary(services),
  ])
  const competence = known.find(({ slug }) => slug === chosen) ?? null
  const { items, notUnderstood, extent, period } = meant
  const isAside = items.length === 0 && notUnderstood.length === 0 && (extent !== null || period !== null)
  return {
    competence,
    // The one that is chosen is no suggestion any more.
    meant: { ...meant, items: items.filter(({ slug }) => slug !== chosen) },
    lookFor: text !== undefined && !isAside,
    least: isAside && extent ? hoursOf(extent) : null,
  }
}

function hoursOf(extent: WrittenExtent): number {
  return 'hoursPerWeek' in extent ? extent.hoursPerWeek : (extent.percent / 100) * fullTimeHours
}
