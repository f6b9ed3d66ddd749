import type { Features } from './features.ts'

/** Texts by their features, each feature weighed by how rare it is among the texts. */
export type WordIndex = Readonly<{
  /** How much the query and each text have in common, by the text's place: between 0 (nothing) and 1 (all). */
  search(query: Features): Float32Array
}>

/**
 * Indexes texts by their place in the list. How `alike` query and text are is the cosine between them: what one has and the other
 * has not parts them. How much of the query is `covered` is the share of it that the text has, whatever else the text says.
 */
export function indexTexts(texts: Iterable<Features>, by: 'alike' | 'covered'): WordIndex {
  const ids = new Map<string, number>()
  // One entry for each feature of each text, and where each text's entries end: no object for each of a million.
  const [featureOf, weightOf, ends]: [number[], number[], number[]] = [[], [], []]
  const counts: number[] = []
  for (const features of texts) {
    for (const [feature, weight] of features) {
      const known = ids.get(feature)
      const id = known ?? ids.size
      if (known === undefined) ids.set(feature, id)
      featureOf.push(id)
      weightOf.push(weight)
      counts[id] = (counts[id] ?? 0) + 1
    }
    ends.push(featureOf.length)
  }
  const rarities = Float64Array.from(counts, (count) => rarity(count, ends.length))
  const rarest = rarity(0, ends.length)

  // The entries again, in the order of their features: `starts` says where each feature's begin.
  const starts = new Int32Array(ids.size + 1)
  for (const [id, count] of counts.entries()) starts[id + 1] = at(starts, id) + count
  const used = starts.slice()
  const places = new Int32Array(featureOf.length)
  const weights = new Float32Array(featureOf.length)
  for (let place = 0, entry = 0; place < ends.length; place += 1) {
    const [first, end] = [entry, at(ends, place)]
    let sum = 0
    for (; entry < end; entry += 1) sum += (at(weightOf, entry) * at(rarities, at(featureOf, entry))) ** 2
    const length = by === 'alike' ? Math.sqrt(sum) : 1
    for (entry = first; entry < end; entry += 1) {
      const id = at(featureOf, entry)
      const slot = at(used, id)
      used[id] = slot + 1
      places[slot] = place
      weights[slot] = by === 'alike' ? (at(weightOf, entry) * at(rarities, id)) / length : at(weightOf, entry)
    }
  }

  function search(query: Features): Float32Array {
    const scores = new Float32Array(ends.length)
    const known = [...query].map(([feature, weight]) => ({ id: ids.get(feature), weight }))
    const said = known.map(({ id, weight }) => weight * (id === undefined ? rarest : at(rarities, id)))
    const length = by === 'alike' ? Math.hypot(...said) : said.reduce((sum, one) => sum + one, 0)
    for (const [index, { id }] of known.entries()) {
      if (id === undefined) continue
      const share = at(said, index) / length
      for (let slot = at(starts, id), end = at(starts, id + 1); slot < end; slot += 1) {
        const place = at(places, slot)
        scores[place] = at(scores, place) + share * at(weights, slot)
      }
    }
    return scores
  }
  return { search }
}

/** How much a feature says that `count` of `all` texts have. */
function rarity(count: number, all: number): number {
  return Math.log((all + 1) / (count + 0.5))
}

/** An entry that is there by construction. */
function at(list: Readonly<Record<number, number>>, index: number): number {
  return list[index] as number
}
