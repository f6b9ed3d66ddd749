/** Hours per week over a stretch of weeks. Weeks are counted from 0; `toWeek` is the first week after the stretch. */
export type Segment = Readonly<{ fromWeek: number; toWeek: number; hoursPerWeek: number }>

/**
 * What a party asks for. Segments of one request do not overlap; between them it asks for nothing.
 * `minimumSlice`: the fewest hours per week it can make use of from one provider.
 */
export type Request = Readonly<{ id: string; party: string; demand: readonly Segment[]; minimumSlice: number }>

/** What a party can give. `minimumSlice`: the fewest hours per week it is worth giving to one request. */
export type Offer = Readonly<{ id: string; party: string; capacity: readonly Segment[]; minimumSlice: number }>

/** `apart`: weeks in which the offer can give the request nothing though both have hours, such as one with days of either but none of both. */
export type Pair = Readonly<{ request: string; offer: string; apart?: readonly number[] }>

/** An offer that may serve a request, and how well, from 0. Scores are usually within 1. A pair without an edge is excluded. */
export type Edge = Pair & Readonly<{ score: number }>

/** Hours per week from one offer to one request, the same in every week of the stretch. */
export type Assignment = Readonly<{
  request: string
  offer: string
  fromWeek: number
  toWeek: number
  hoursPerWeek: number
}>

/**
 * Everything that is asked for and offered during `weeks` weeks.
 * `locked`: what is already decided. It is kept to the hour, whatever its slice, and its pair of request and offer gets no
 * more; its offer counts as one of the request's providers.
 * `excluded`: pairs that are ruled out by hand. They have no edge, and are only told so that hours they could have met get that reason.
 * `maxProviders`: the most offers that may share one request; 2 when left out.
 */
export type Market = Readonly<{
  weeks: number
  requests: readonly Request[]
  offers: readonly Offer[]
  edges: readonly Edge[]
  locked?: readonly Assignment[]
  excluded?: readonly Pair[]
  maxProviders?: number
}>

/**
 * What the plan is to be best at. In `balanced`, a party with coverage c of the hours H it asks for counts H × ladder(c), where the
 * ladder goes in straight lines between the points of 2c − c² at every twentieth.
 * - `most-help`: Σ score × hours.
 * - `worst-off-first`: the party with the smallest coverage gets as much as it can, then the next, and so on; then most help.
 * - `balanced`: (1 − fairness) × help + fairness × Σ of the parties' ladders: a party's first hours count double, its last nothing.
 *   An hour of a ladder is weighed against one of score 1, or of the highest score of the market where that is more.
 *   `fairness` is in [0, 1]: 0 is most help, 1 is worst off first.
 */
export type Policy =
  | Readonly<{ kind: 'most-help' }>
  | Readonly<{ kind: 'worst-off-first' }>
  | Readonly<{ kind: 'balanced'; fairness: number }>

/**
 * Why hours are not met. Each is true of the plan it comes with:
 * - `no-offer`: nobody offers these hours; whoever does already gives this request everything.
 * - `taken-by-others`: who could give these hours gives them to other requests.
 * - `slice-too-small`: there are hours, but fewer than the slice the offer or the request can live with.
 * - `too-many-providers`: there are hours left, but the request already shares as many providers as it may.
 * - `decided`: there are hours, but their pair is excluded, or locked at fewer.
 * - `period`: the offers are for other weeks, or the same hours cannot be given in every week the two have in common.
 */
export type Reason = 'no-offer' | 'taken-by-others' | 'slice-too-small' | 'too-many-providers' | 'decided' | 'period'

/**
 * Hours (not per week) of a request that no offer meets, and why. A request has at most one of each reason. Of `period`, `byTerm`
 * is how many of them are in terms in all of whose weeks more could be given, if hours might differ between terms; left out where none.
 */
export type Unmet = Readonly<{ request: string; hours: number; reason: Reason; byTerm?: number }>

/**
 * A proposal with its certificate. Sorted by request, offer and week.
 * - `value`: what the policy counts: score-hours for `most-help`, the smallest coverage of any party for `worst-off-first`,
 *   weighed score-hours for `balanced`.
 * - `bound`: no plan for this market has a higher value. Proven by the engine, rounded upwards.
 * - `gap`: (bound − value) / bound, 0 when the bound is 0.
 * - `coverage`: per party that asks for anything, hours given / hours asked.
 * - `steps`: how many steps the engine took, what takes longer counted as several; the same market, policy, seed and iterations
 *   take the same steps.
 */
export type Plan = Readonly<{
  assignments: readonly Assignment[]
  unmet: readonly Unmet[]
  value: number
  bound: number
  gap: number
  coverage: Readonly<Record<string, number>>
  steps: number
}>

/** How far the engine has come. `done` is in [0, 1]; `value` is 0 until there is a first plan. */
export type Progress = Readonly<{ stage: 'bound' | 'plan'; done: number; steps: number; value: number; bound: number }>

/**
 * - `seed`: chooses among equally good ways to search; 1 when left out. The same seed gives the same plan.
 * - `iterations`: how many steps of tearing up a part of the plan and making it anew it may take; follows the size of the market
 *   when left out. Where the plan is proven to be the best, it ends sooner.
 * - `budgetMs`: stop searching after so many milliseconds. How far it comes then depends on the machine.
 * - `shape`: `constant` gives the same hours in all weeks a request and an offer have in common; `by-term` lets them differ
 *   between the segments of the request's demand.
 * - `signal`: aborted, from `onProgress` or elsewhere, it ends the search; the plan so far is returned, with its certificate.
 */
export type Options = Readonly<{
  seed?: number
  iterations?: number
  budgetMs?: number
  shape?: Shape
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}>

export type Shape = 'constant' | 'by-term'
