import type { MatchGroup } from '@samkraft/contracts/matching'
import { rules } from './rules.ts'

/** What decides whether a match is kept. */
export type Ranked = Readonly<{ offerId: string; score: number; group: MatchGroup }>

/** Whether matches that serve a request, or come near, had to be left out. */
export type LeftOut = Readonly<{ moreServing: boolean; moreNear: boolean }>

/** A request's matches that are kept, best first. */
export type Kept<Match extends Ranked> = LeftOut & Readonly<{ kept: readonly Match[] }>

/** What a request's kept matches come to, so that most offers can be passed by without reading them. */
export type Summary = LeftOut &
  Readonly<{ serving: number; near: number; lowestServing: number | null; lowestNear: number | null }>

/** Best first; among equals the order of the ids, so that the order in which offers arrive does not matter. */
function byRank(a: Ranked, b: Ranked): number {
  const near = Number(isNear(a)) - Number(isNear(b))
  return near || b.score - a.score || (a.offerId < b.offerId ? -1 : a.offerId > b.offerId ? 1 : 0)
}

/**
 * The best matches that serve the request, then a few near misses where there is room (`rules.kept`, `rules.nearMissesKept`).
 * `before` are those kept of other offers; keeping in several steps keeps the same as keeping at once.
 */
export function keepBest<Match extends Ranked>(matches: readonly Match[], before?: Kept<Match>): Kept<Match> {
  const ordered = [...(before?.kept ?? []), ...matches].sort(byRank)
  const serving = ordered.filter((match) => !isNear(match))
  const near = ordered.slice(serving.length)
  const keptServing = serving.slice(0, rules.kept)
  const keptNear = near.slice(0, roomForNear(keptServing.length))
  return {
    kept: [...keptServing, ...keptNear],
    moreServing: (before?.moreServing ?? false) || serving.length > keptServing.length,
    moreNear: (before?.moreNear ?? false) || near.length > keptNear.length,
  }
}

/** What is kept when one offer's match is `now` this one, or none. `look_again` when one that was left out may take its place. */
export function keepInstead(before: Kept<Ranked>, offerId: string, now: Ranked | null): Kept<Ranked> | 'look_again' {
  const had = before.kept.find((match) => match.offerId === offerId)
  const leavesRoom = had && (!now || byRank(had, now) < 0 || isNear(had) !== isNear(now))
  if (leavesRoom && (before.moreServing || before.moreNear)) return 'look_again'
  const others = { ...before, kept: before.kept.filter((match) => match !== had) }
  return keepBest(now ? [now] : [], others)
}

/** Whether a match has a chance among those kept; to be certain one must look at them. */
export function mayBeKept(match: Ranked, { serving, near, lowestServing, lowestNear }: Summary): boolean {
  if (isNear(match)) return near < roomForNear(serving) || (lowestNear !== null && match.score >= lowestNear)
  return serving < rules.kept || lowestServing === null || match.score >= lowestServing
}

/** Whether matches with at most so many points could still change what is kept. `serve` says whether any of them may serve. */
export function mayStillImprove(kept: Kept<Ranked>, atMost: number, { serve }: { serve: boolean }): boolean {
  const { serving, near, lowestServing, lowestNear } = summarise(kept)
  if (serve) return serving < rules.kept || lowestServing === null || lowestServing <= atMost
  return near < roomForNear(serving) || (lowestNear !== null && lowestNear <= atMost)
}

export function summarise({ kept, moreServing, moreNear }: Kept<Ranked>): Summary {
  const serving = kept.filter((match) => !isNear(match))
  const near = kept.filter(isNear)
  return {
    serving: serving.length,
    near: near.length,
    lowestServing: serving.at(-1)?.score ?? null,
    lowestNear: near.at(-1)?.score ?? null,
    moreServing,
    moreNear,
  }
}

function isNear({ group }: Ranked): boolean {
  return group === 'near'
}

function roomForNear(serving: number): number {
  return Math.min(rules.nearMissesKept, rules.kept - serving)
}
