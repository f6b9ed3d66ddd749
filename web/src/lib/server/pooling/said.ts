import type { PooledMatch, PooledMember, PooledNeedView, PooledSuggestion } from '@samkraft/contracts/matching'
import { hoursToPercent, lastDay } from '@samkraft/kernel'
import { listed } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import type { MatchCard } from '#lib/matching/match.ts'
import { paths, withQuery } from '#lib/paths.ts'
import type { PoolLine, PoolSuggestion, Reason } from '#lib/pooling/pool.ts'
import type { SignedIn } from '#lib/signed-in.ts'
import { type Side, whyNotPropose } from '../arrangements/may-propose.ts'
import { competenceNames } from '../competence-names.ts'
import { reasonsOf } from '../matching/factors.ts'
import { organisationNames } from '../organisation-names.ts'
import type { Services } from '../services.ts'

/** What competences and organisations are called, for what is pooled. */
export type Names = Readonly<{
  competence: (slug: string) => string
  short: (organisationId: string) => string
  /** An organisation in short, and where it is about when that is elsewhere. */
  placed: (one: Placed) => string
  /** An organisation as a party of an arrangement. */
  side: (organisationId: string) => Side
}>

/** Whose an offer or a request is, and the municipality where it is when that is not in its owner's own place. */
type Placed = Readonly<{ organisationId: string; placeOrganisationId: string | null }>

type Pooled = Readonly<{ members: readonly Placed[] }>

/** The names that some pools need; `others` are organisations beside their members. */
export async function namesFor(
  services: Services,
  pools: readonly Pooled[],
  others: readonly string[] = [],
): Promise<Names> {
  const ids = pools.flatMap(({ members }) => members.flatMap(idsIn))
  const [competence, organisation] = await Promise.all([
    competenceNames(services),
    organisationNames(services, [...ids, ...others]),
  ])
  const short = (id: string) => organisation(id).shortName
  return {
    competence,
    short,
    placed: ({ organisationId: id, placeOrganisationId: at }) =>
      at === null ? short(id) : m.pooled_placed({ organisation: short(id), place: short(at) }),
    side: (id) => ({ id, countyCode: organisation(id).countyCode }),
  }
}

/** The organisations to be named. */
export function idsIn({ organisationId, placeOrganisationId }: Placed): string[] {
  return placeOrganisationId === null ? [organisationId] : [organisationId, placeOrganisationId]
}

type Figures = Readonly<{ hoursPerWeek: number; km: number | null; members: readonly PooledMember[] }>

/** `5 × 20 %, 40 tim/v (100 %)`; the first part only where all ask for as much. */
export function extentOf({ hoursPerWeek, members }: Figures): string {
  const [first, ...rest] = members
  const extent = format.extent(hoursPerWeek)
  if (!first || rest.length === 0 || rest.some((member) => member.hoursPerWeek !== first.hoursPerWeek)) return extent
  const share = format.percent(hoursToPercent(first.hoursPerWeek))
  return `${m.pooled_equal({ count: format.number(members.length), share })}, ${extent}`
}

export function distanceOf(km: number | null): string {
  return km === null ? m.pooled_circuit_unknown().toLowerCase() : format.distance(km)
}

/** Those whose hours the figures are about: who has joined, or all while fewer than two have. */
export function counted<Member extends { joined: boolean }>(members: readonly Member[]): readonly Member[] {
  const joined = members.filter((member) => member.joined)
  return joined.length < 2 ? members : joined
}

/** `Skolpsykolog, 40 tim/v (100 %) tillsammans`. */
export function titleOf({ competence, hoursPerWeek, open }: PooledNeedView, names: Names): string {
  const named = { competence: names.competence(competence) }
  return open && hoursPerWeek > 0
    ? m.pooled_title({ ...named, extent: format.extent(hoursPerWeek) })
    : m.pooled_title_over(named)
}

type Sentence = (gaps: { extent: string }) => string

/** A pooled need in two lines; `sentence` is how the reader stands to it. */
export function lineOf(need: PooledNeedView, names: Names, sentence: Sentence): PoolLine {
  const extent = extentOf({ ...need, members: counted(need.members) })
  return {
    id: need.pooledNeedId,
    href: paths.pooledNeed(need.pooledNeedId),
    text: sentence({ extent }),
    who: whoSaid(need, names),
  }
}

function whoSaid({ members, km }: PooledNeedView, names: Names): string {
  const said = (joined: boolean) => listed(members.filter((member) => member.joined === joined).map(names.placed))
  const [organisations, invited, distance] = [said(true), said(false), distanceOf(km)]
  if (organisations === '') return m.pooled_request_only_invited({ invited, distance })
  return invited === ''
    ? m.pooled_request_who({ organisations, distance })
    : m.pooled_request_who_invited({ organisations, invited, distance })
}

/** What could be pooled, in one sentence; the reader's own organisation is left out of those named. */
export function suggestionOf(
  { members, hoursPerWeek, period, km }: PooledSuggestion,
  names: Names,
  { start, ownId }: Readonly<{ start: Reason; ownId: string | undefined }>,
): PoolSuggestion {
  const others = members.filter(({ organisationId }) => organisationId !== ownId)
  const requestIds = members.map(({ requestId }) => requestId)
  return {
    key: requestIds.join(' '),
    text: m.pooled_suggestion({
      organisations: listed(others.map(names.placed)),
      extent: extentOf({ hoursPerWeek, km, members }),
      period: period ? format.weeks(period) : '',
      distance: distanceOf(km),
    }),
    requestIds,
    start,
  }
}

/** Who looks, at what, and the arrangements with this offer that are being agreed on, by request. */
type Look = Readonly<{
  shows: 'offer' | 'need'
  actor: SignedIn | null
  agreeingOn: ReadonlyMap<string, string>
  /** What the owner of the offer calls it; a need has no heading. */
  heading: string | null
}>

/**
 * How an offer and a pooled need fit, as a card. `shows` is what the reader looks at: the offer on the need's page, the need
 * on the offer's. From it an arrangement with a share for each is proposed.
 */
export function cardOf(match: PooledMatch, names: Names, { shows, actor, agreeingOn, heading }: Look): MatchCard {
  const { pooledNeed, offer, km, shares, hoursPerWeek, askedHoursPerWeek, period } = match
  const divided = shares.map((share) =>
    m.pooled_match_share({
      organisation: names.short(share.organisationId),
      hours: format.number(share.hoursPerWeek),
    }),
  )
  const about = m.pooled_match_about({
    owner: shows === 'offer' ? names.placed(offer) : listed(counted(pooledNeed.members).map(names.placed)),
    distance: distanceOf(km),
  })
  // One arrangement serves all of them, or it is another.
  const [underWay, ...rest] = shares.map(({ requestId }) => agreeingOn.get(requestId))
  const gives = m.match_gives({ hours: format.number(hoursPerWeek), asked: format.hours(askedHoursPerWeek) })
  return {
    key: `${pooledNeed.pooledNeedId} ${offer.offerId}`,
    score: match.score,
    title: shows === 'offer' ? names.competence(offer.mainCompetence) : names.competence(pooledNeed.competence),
    heading,
    href: shows === 'offer' ? paths.offer(offer.offerId) : paths.pooledNeed(pooledNeed.pooledNeedId),
    about: `${about} · ${m.pooled_match_shares({ shares: listed(divided) })}`,
    gives: period ? `${gives}, ${format.weeks(period)}` : gives,
    reasons: reasonsOf(match.factors, { competence: names.competence, place: names.short }),
    betters: [],
    propose: withQuery(paths.newArrangement, {
      erbjudande: offer.offerId,
      behov: shares.map(({ requestId }) => requestId),
      timmar: shares.map((share) => String(share.hoursPerWeek)),
      fran: period?.from,
      till: period && lastDay(period),
      samlat: shows === 'offer' ? pooledNeed.pooledNeedId : null,
    }),
    refused: whyNotPropose(
      actor,
      names.side(offer.organisationId),
      shares.map(({ organisationId }) => names.side(organisationId)),
    ),
    underWay: underWay && rest.every((one) => one === underWay) ? underWay : null,
  }
}
