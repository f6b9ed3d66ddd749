import type { MatchGroup } from '@samkraft/contracts/matching'
import { rules } from './rules.ts'

/** What decides whether a match is kept. */
export type Ranked = Readonly<{ offerId: string; score: number; group: MatchGroup }>

/** Which of a request's matches are kept, and whether others that serve it, or come near, had to go. */
export type Kept<Match extends Ranked> = Readonly<{ kept: Match[]; moreServing: boolean; moreNear: boolean }>

/** Best first; among equals the order of the ids, so that the order in which offers arrive does not matter. */
export function byRank(a: Ranked, b: Ranked): number {
  const near = Number(a.group === 'near') - Number(b.group === 'near')
  return near || b.score - a.score || (a.offerId < b.offerId ? -1 : a.offerId > b.offerId ? 1 : 0)
}

/** The best matches that serve the request, then a few near misses where there is room (`rules.kept`, `rules.nearMissesKept`). */
export function keepBest<Match extends Ranked>(matches: readonly Match[]): Kept<Match> {
  const ordered = [...matches].sort(byRank)
  const serving = ordered.filter(({ group }) => group !== 'near')
  const near = ordered.slice(serving.length)
  const keptServing = serving.slice(0, rules.kept)
  const keptNear = near.slice(0, Math.min(rules.nearMissesKept, rules.kept - keptServing.length))
  return {
    kept: [...keptServing, ...keptNear],
    moreServing: serving.length > keptServing.length,
    moreNear: near.length > keptNear.length,
  }
}
