import { announce, auditPart, eventPart, type Keep, writeTogether } from '@samkraft/db'
import type { CloseReason, Saved } from '@samkraft/contracts/marketplace'
import type { Transaction } from 'kysely'
import { conditionsPart, sameSince } from '../db/conditions.ts'
import { type Listing, listingPart, type Locked } from '../db/listings.ts'
import { publishedPart } from '../db/published.ts'
import type { Schema } from '../db/schema.ts'
import type { Hold } from '../domain/ledger.ts'
import {
  closesOn,
  difference,
  type ListingDetails,
  mostHours,
  type Noun,
  type Published,
  spanOf,
  type ToldBesides,
  weeksThatCount,
} from '../domain/listing.ts'
import type { Vocabulary } from '../domain/vocabulary.ts'
import type { Kind } from './kinds.ts'
import type { PublishedListing } from './lock-listing.ts'

/** Who did what, for the audit log; `personId` is null when a deadline acted. */
export type Act = Readonly<{ command: string; requestId: string; organisationId: string; personId: string | null }>

/** What others are told about it: its facts, that it is closed, or nothing. */
export type Telling = 'published' | 'changed' | { closed: CloseReason } | null

/** What a command leaves of a listing that everybody may read. */
export type Change<Details> = Readonly<{
  act: Act
  locked: Locked
  /** As it was; null when it is new. */
  before: State | null
  after: Omit<PublishedListing<Details>, 'details'>
  details: Details
  holds: readonly Hold[]
  telling: Telling
  /** Keeps the command's result; a deadline has none. */
  keep?: Keep<Saved>
}>

/** Writes the private row, the public one, what it comes with, the event, the audit entry and the announcement: one statement, all or none. */
export async function writePublished<Given, Details extends ListingDetails>(
  tx: Transaction<Schema>,
  kind: Kind<Given, Details>,
  vocabulary: Vocabulary,
  { act, locked, before, after, details, holds, telling, keep }: Change<Details>,
): Promise<Saved> {
  const { noun } = kind
  const { id, organisationId, reference, version, status, publishedAt } = after
  const published: Published<Details> = {
    id,
    reference,
    version,
    status,
    owner: locked.owner,
    details,
    at: locked.at,
    publishedAt,
    changedAt: locked.now,
    ...weeksOfListing(kind, details, holds),
  }
  const conditions = kind.conditions(details)
  // A draft that is published has come with nothing before.
  // What was a draft has come with nothing before, and without an event nobody is told.
  const wasPublished = before !== null && before.status !== 'draft'
  const conditionsVersion = (telling && wasPublished && conditions && (await sameSince(tx, id, conditions))) || version
  const { placeOrganisationId } = locked
  const event = telling && eventFor(kind, published, telling, { conditionsVersion, placeOrganisationId })
  const saved: Saved = { id, version, status, reference }
  await writeTogether(tx, [
    listingPart(noun, { ...after, details: { ...details }, createdBy: act.personId, changedAt: locked.now }),
    publishedPart(noun, {
      organisationId,
      countyCode: locked.owner.countyCode,
      ...readable(kind, published, vocabulary, locked.today),
    }),
    conditions && conditionsPart(id, version, conditions),
    event &&
      eventPart(tx, event.definition, { aggregateId: id, organisationId, requestId: act.requestId, data: event.data }),
    auditPart(entry(noun, act, before, { ...after, details: { ...details } })),
    keep ? keep(saved) : null,
  ])
  announce(tx, { organisations: [organisationId], noun, id })
  return saved
}

/** All of it and what the holds leave of it, week by week. */
export function weeksOfListing<Given, Details extends ListingDetails>(
  kind: Kind<Given, Details>,
  details: Details,
  holds: readonly Hold[],
) {
  const extent = kind.extent(details, [])
  return { extent, left: holds.length === 0 ? extent : kind.extent(details, holds) }
}

/** Everything the public row holds of a listing. */
export function readable<Given, Details extends ListingDetails>(
  kind: Kind<Given, Details>,
  published: Published<Details>,
  vocabulary: Vocabulary,
  today: string,
) {
  const { id, status, details, extent, left, publishedAt } = published
  const nameOf = (slug: string) => {
    const name = vocabulary.get(slug)
    if (!name) throw new Error(`competence ${slug} is no longer in the vocabulary`)
    return name
  }
  const { main, other } = kind.competences(details)
  const span = spanOf(details.segments)
  const confirmedUntil = kind.confirmedUntil(details)
  const remaining = weeksThatCount(published, left, today)
  return {
    id,
    status,
    starts: span?.from ?? null,
    ends: span?.to ?? null,
    closes: closesOn(details),
    confirmedUntil,
    stale: confirmedUntil !== null && confirmedUntil < today,
    mostLeft: mostHours(remaining),
    extent,
    remaining,
    publishedAt,
    labels: [
      ...main.map((slug) => `main.${slug}`),
      ...[...main, ...other].map((slug) => `competence.${slug}`),
      ...new Set([...main, ...other].map((slug) => `group.${nameOf(slug).group}`)),
      ...details.focusAreas.map((area) => `focus.${area}`),
      `place.${details.place}`,
      kind.label(details),
    ],
    ...kind.show(published, nameOf, today),
  }
}

function eventFor<Given, Details extends ListingDetails>(
  kind: Kind<Given, Details>,
  published: Published<Details>,
  telling: Exclude<Telling, null>,
  besides: ToldBesides,
) {
  if (typeof telling === 'object')
    return { definition: kind.events.withdrawn, data: kind.closed(published.id, telling.closed) }
  return { definition: kind.events[telling], data: kind.facts(published, besides) }
}

type State = Pick<Listing, 'status' | 'version' | 'reference' | 'details'>

/**
 * What the audit log keeps: only what changed, from what to what. What a draft says binds nobody, and may hold what should never have been
 * typed: of it the log, where nothing is ever removed, keeps which fields were written in. What it says when it is published is kept then.
 */
export function entry(noun: Noun, act: Act, before: State | null, after: State & { id: string }) {
  const kept = { ...act, subjectType: noun, subjectId: after.id, ...difference(flat(before), flat(after)) }
  if (after.status !== 'draft') return kept
  const fields = Object.keys(difference(before?.details ?? {}, after.details).after)
  return { ...kept, after: { ...kept.after, fields } }
}

function flat(state: State | null): Readonly<Record<string, unknown>> {
  if (!state) return {}
  const { status, version, reference, details } = state
  return { ...(status === 'draft' ? {} : details), status, version, reference }
}
