import type { CompetenceFit, MatchFactor, Outcome, RelationSource, WeekRange } from '@samkraft/contracts/matching'
import type { LicenceState } from '#lib/marketplace/words.ts'
import { groupWords, languageName, wordFor } from '#lib/marketplace/words.ts'
import { listed } from '#lib/arrangements/words.ts'
import { format, getLocale, m } from '#lib/i18n.ts'
import { addDays, type Period } from '@samkraft/kernel'

/** One line of why a match has its points. */
export type Reason = Readonly<{ outcome: Outcome; text: string; points: number; max: number }>

/** What competences are called, and organisations in short. */
export type FactorNames = Readonly<{ competence: (slug: string) => string; place: (organisationId: string) => string }>
type NameOf = FactorNames['competence']
type Factor<Code extends MatchFactor['factor']> = Extract<MatchFactor, { factor: Code }>
type Said = Readonly<{ text: string; /** Nothing was asked for, so nothing was compared. */ idle?: boolean }>

/** A sentence for each factor; one without is a mistake the compiler finds. */
const sentences: { readonly [Code in MatchFactor['factor']]: (factor: Factor<Code>, names: FactorNames) => Said } = {
  competence: ({ evidence }, names) => ({ text: competenceSaid(evidence, names.competence) }),
  extent: ({ evidence, missing }) => ({ text: extentSaid(evidence, missing) }),
  period: ({ evidence, missing }) => ({ text: periodSaid(evidence, missing) }),
  place: ({ evidence, missing }, names) => ({ text: placeSaid(evidence, missing, names) }),
  cost: ({ evidence, missing }) => costSaid(evidence, missing),
  language: ({ evidence, missing }) => {
    if (evidence.asked.length === 0) return { text: m.language_any(), idle: true }
    const names = (codes: readonly string[]) => listed(codes.map(languageName))
    return {
      text: missing
        ? m.language_missing({ languages: names(missing.languages) })
        : m.language_hit({ languages: names(evidence.met) }),
    }
  },
  focus_area: ({ evidence, missing }) => {
    if (evidence.asked.length === 0) return { text: m.focus_any(), idle: true }
    const names = (codes: readonly string[]) => listed(codes.map((code) => wordFor(groupWords, code)))
    return {
      text: missing
        ? m.focus_missing({ areas: names(missing.focusAreas) })
        : m.focus_hit({ areas: names(evidence.shared) }),
    }
  },
  small_municipality: ({ evidence: { population, atMost, averageOf } }) => {
    if (population === null) return { text: averageOf ? m.small_none_municipality() : m.small_not_municipality() }
    const said = { population: format.number(population) }
    if (averageOf) return { text: atMost === null ? m.small_no_average(said) : m.small_yes_average(said) }
    return { text: atMost === null ? m.small_no(said) : m.small_yes(said) }
  },
  give_take: ({ evidence: { given, taken, averageOf }, missing }) => {
    if (!missing && taken === 0) return { text: averageOf ? m.give_take_new_several() : m.give_take_new() }
    if (averageOf) {
      const said = { given: format.number(Math.round(given)), taken: format.number(Math.round(taken)) }
      return { text: missing ? m.give_take_missing_average(said) : m.give_take_hit_average(said) }
    }
    const said = { given: format.number(given), taken: format.number(taken) }
    return { text: missing ? m.give_take_missing(said) : m.give_take_hit(said) }
  },
}

/** Why a match has its points, in the order of the published rules; what nobody asked for is said in one line. */
export function reasonsOf(factors: readonly MatchFactor[], names: FactorNames): Reason[] {
  const said = factors.map((factor) => ({ ...factor, ...say(factor, names) }))
  const idle = said.filter((factor) => factor.idle)
  const reasons = said
    .filter((factor) => !factor.idle)
    .map(({ outcome, text, points, max }): Reason => ({ outcome, text, points, max }))
  if (idle.length === 0) return reasons
  const text = capitalised(listed(idle.map((factor) => factor.text)))
  const sum = (key: 'points' | 'max') => idle.reduce((total, factor) => total + factor[key], 0)
  return [...reasons, { outcome: 'hit', text, points: sum('points'), max: sum('max') }]
}

function say<Code extends MatchFactor['factor']>(factor: Factor<Code>, names: FactorNames): Said {
  return (sentences[factor.factor] as (one: Factor<Code>, called: FactorNames) => Said)(factor, names)
}

type PlaceEvidence = Factor<'place'>['evidence']

/** The organisations that a distance is told between; none where both sides are in their owners' own places. */
export function placesIn(factors: readonly MatchFactor[]): string[] {
  const between = factors.find((factor) => factor.factor === 'place')?.evidence.between
  return between ? [between.from, between.to] : []
}

/**
 * `60 km bort`, and from where to where when either is elsewhere than at its owner's; null when it is not known. To several it is each
 * one's part of a round trip, or the way to the farthest of them where that is too far.
 */
export function distanceSaid(
  { km, between, averageOf }: Pick<PlaceEvidence, 'km' | 'between' | 'averageOf'>,
  place: FactorNames['place'],
  missing: Factor<'place'>['missing'] = null,
): string | null {
  if (km === null) return null
  const distance = format.distance(km)
  if (averageOf)
    return missing?.reason === 'beyond_travel' ? m.match_km_farthest({ distance }) : m.match_km_each({ distance })
  if (!between) return m.match_km({ distance })
  const [from, to] = [place(between.from), place(between.to)]
  return between.from === between.to ? m.match_same_place({ place: to }) : m.match_km_between({ distance, from, to })
}

const relations: Readonly<Record<CompetenceFit['relation'], (names: { asked: string; offered: string }) => string>> = {
  exact: m.fit_exact,
  narrower: m.fit_narrower,
  broader: m.fit_broader,
  substitutable: m.fit_substitutable,
  related: m.fit_related,
  none: m.fit_none,
}

const licences: Readonly<Record<LicenceState, () => string>> = {
  documented: m.licence_documented_said,
  claimed: m.licence_claimed_said,
  none: m.licence_none_said,
}

function competenceSaid({ required, preferred, licence }: Factor<'competence'>['evidence'], nameOf: NameOf): string {
  return [
    ...required.map((fit, index) => fitSaid(fit, nameOf, index === 0)),
    ...preferred.map((fit) => m.fit_preferred({ fit: fitSaid(fit, nameOf, false) })),
    ...(licence.required ? [licences[licence.state]()] : []),
  ].join('; ')
}

function fitSaid({ asked, offered, relation, source }: CompetenceFit, nameOf: NameOf, first: boolean): string {
  const names = { asked: nameOf(asked).toLowerCase(), offered: nameOf(offered ?? asked).toLowerCase() }
  const said = relations[relation](names)
  const known = sourceSaid(source)
  const whole = known === null ? said : `${said} (${known})`
  return first ? capitalised(whole) : whole
}

/** Where a relation is known from; null where it needs no saying. */
function sourceSaid(source: RelationSource): string | null {
  switch (source.from) {
    case 'same':
    case 'nothing':
      return null
    case 'ssyk':
      return m.fit_source_ssyk({ code: source.code })
    case 'substitutability':
      return source.percentage === 75 ? m.fit_source_substitutability_75() : m.fit_source_substitutability_25()
    case 'skills':
      return m.fit_source_skills({ shared: format.number(source.shared) })
    case 'judgement':
      return source.reason
        ? m.fit_source_judgement_reason({ reason: uncapitalised(source.reason[getLocale()]) })
        : m.fit_source_judgement()
  }
}

function extentSaid(
  { hoursPerWeek, asked, least, slice }: Factor<'extent'>['evidence'],
  missing: Factor<'extent'>['missing'],
): string {
  const hours = format.hours(hoursPerWeek)
  const said = { hours: format.number(hoursPerWeek), asked: format.hours(asked) }
  switch (missing?.reason) {
    case undefined:
      return m.extent_hit(said)
    case 'fewer':
      return m.extent_fewer(said)
    case 'below_least':
      return m.extent_below_least({ hours, least: format.number(least) })
    case 'below_slice':
      return m.extent_below_slice({ hours, slice: format.number(slice) })
  }
}

function periodSaid(
  { weeks, askedWeeks, covered, asked }: Factor<'period'>['evidence'],
  missing: Factor<'period'>['missing'],
): string {
  if (!missing) return wholeSaid(covered ?? asked, asked)
  if (!covered) return m.period_none()
  const said = { weeks: format.number(weeks), asked: format.number(askedWeeks) }
  const [first, ...more] = missing.ranges
  const startsLate = first !== undefined && more.length === 0 && first.fromWeek <= asked.from
  return startsLate
    ? m.period_starts({ ...said, week: format.week(covered.from) })
    : m.period_part({ ...said, ranges: listed(missing.ranges.map(rangeSaid)) })
}

/** What others have covered already is asked for no longer. */
function wholeSaid(covered: Period, asked: Period): string {
  const weeks = format.weeks(covered)
  return weeks === format.weeks(asked) ? m.period_hit({ weeks }) : m.period_hit_lacking({ weeks })
}

/** `v. 8–9`: a stretch of weeks from Monday to Monday. */
export function rangeSaid({ fromWeek, toWeek }: WeekRange): string {
  return format.weeks({ from: fromWeek, to: addDays(toWeek, -2) })
}

function placeSaid(evidence: PlaceEvidence, missing: Factor<'place'>['missing'], { place }: FactorNames): string {
  const { asked, offered, travelKm } = evidence
  const distance = distanceSaid(evidence, place, missing) ?? ''
  switch (missing?.reason) {
    case undefined:
      if (asked === 'remote' || distance === '') return m.place_hit_remote()
      return asked === 'hybrid' && offered === 'hybrid'
        ? m.place_hit_hybrid({ distance })
        : m.place_hit_near({ distance })
    case 'far':
      return capitalised(m.place_far({ distance }))
    case 'beyond_travel':
      return capitalised(m.place_beyond_travel({ distance, travel: format.distance(travelKm ?? 0) }))
    case 'only_remote':
      return m.place_only_remote()
    case 'only_on_site':
      return m.place_only_on_site()
    case 'distance_unknown':
      return m.place_distance_unknown()
  }
}

function costSaid(
  { orePerHour, highestOrePerHour }: Factor<'cost'>['evidence'],
  missing: Factor<'cost'>['missing'],
): Said {
  if (highestOrePerHour === null) return { text: m.cost_any(), idle: true }
  const limit = format.kronor(highestOrePerHour)
  const price = orePerHour === null ? '' : format.kronor(orePerHour)
  switch (missing?.reason) {
    case undefined:
      return { text: orePerHour ? m.cost_hit_limit({ price, limit }) : m.cost_hit_free() }
    case 'above':
      return { text: m.cost_above({ price, over: format.kronor(missing.ore) }) }
    case 'not_said':
      return { text: m.cost_not_said({ limit }) }
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
