import type { CompetenceName } from '@samkraft/contracts/marketplace'

/** The competences by slug, as the database had them when the process started. */
export type Vocabulary = ReadonlyMap<string, CompetenceName>

/** The slugs that are not in the vocabulary. */
export function unknownIn(vocabulary: Vocabulary, slugs: readonly string[]): string[] {
  return slugs.filter((slug) => !vocabulary.has(slug))
}
