import { z } from 'zod'
import { relations } from './factors.ts'
import { matchGroups } from './views.ts'

const share = z.number().min(0).max(1)

/** The table of weights the code uses, as the page "Så räknas matchningen" shows it. Shares are of the factor's `max`. */
export const RulesView = z.object({
  /** Sums to 100. */
  total: z.int(),
  factors: z.object({
    competence: z.object({
      max: z.int(),
      /** Share of the points by relation; `substitutable_25` is JobTech's lower degree. */
      relation: z.record(z.enum([...relations, 'substitutable_25']), share),
      /** Of the factor's points, how many belong to preferred competences when there are any. */
      preferred: share,
      /** What remains of the points where a licence is required. */
      licence: z.object({ documented: share, claimed: share, none: share }),
    }),
    extent: z.object({ max: z.int() }),
    period: z.object({
      max: z.int(),
      /** What a missed week weighs when the request's dates may move. */
      missedWhenFlexible: share,
    }),
    place: z.object({
      max: z.int(),
      /** Full points up to here, falling evenly to none at `farKm`, but to no less than `leastShare`; farther than the offer travels gives `beyondTravel`. */
      nearKm: z.int(),
      farKm: z.int(),
      leastShare: share,
      beyondTravel: share,
      distanceUnknown: share,
      /** Where some of the work may be done remotely, this share of the points does not depend on the distance. */
      remotePart: share,
      /** On site was asked for, only remote is offered. */
      onlyRemote: share,
      /** Remote was asked for, only on site is offered: at most this, less when it is far. */
      onlyOnSite: share,
    }),
    cost: z.object({
      max: z.int(),
      /** Points fall evenly to none at this share above the limit (0.5 = 50 %). */
      noneAbove: z.number(),
      notSaid: share,
    }),
    language: z.object({ max: z.int() }),
    focus_area: z.object({ max: z.int() }),
    small_municipality: z.object({
      max: z.int(),
      /** Points by population of the one who asks, smallest first; larger than all gives none. */
      steps: z.array(z.object({ atMost: z.int(), points: z.int() })),
    }),
    give_take: z.object({
      max: z.int(),
      /** Hours anyone may take before giving counts. */
      freeHours: z.int(),
    }),
  }),
  /** Never a match, whatever else fits. */
  hardStops: z.array(z.enum(['own_organisation', 'no_hours_in_common', 'no_related_competence'])),
  groups: z.array(z.enum(matchGroups)),
  /** How many matches are kept for each request, and how many of them may be near misses. */
  kept: z.int(),
  nearMissesKept: z.int(),
  /** How requests of a county are seen as one, and how one is covered by several offers. */
  pooling: z.object({
    /** How two competences may stand to each other, in either direction, to be pooled. */
    relations: z.array(z.enum(relations)),
    /** Hours per week that are worth offering together, and those of one post: a suggestion stays between them. */
    leastHours: z.number(),
    mostHours: z.number(),
    /** Weeks that all must ask for. */
    leastWeeks: z.int(),
    mostMembers: z.int(),
    /** Of the best so many part offers, up to `mostProviders` may cover one request together. */
    offersTried: z.int(),
    mostProviders: z.int(),
  }),
})
export type RulesView = z.infer<typeof RulesView>
