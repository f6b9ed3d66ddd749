const swedish = new Intl.Collator('sv')

/** The order of names in lists, in both languages: Swedish names are sorted as Swedish does, å ä ö last. */
export function byName(a: Readonly<{ name: string }>, b: Readonly<{ name: string }>): number {
  return swedish.compare(a.name, b.name)
}
