import { asActor } from '@samkraft/db'
import {
  OfferDraft,
  type ListMine,
  type MyOffer,
  type MyRequest,
  type OfferItem,
  RequestDraft,
  type RequestItem,
} from '@samkraft/contracts/marketplace'
import type { MemberContext } from '../context.ts'
import { type OwnRow, readOwn } from '../db/own.ts'
import { draftPeriod, leastHours, type Noun } from '../domain/listing.ts'
import type { Vocabulary } from '../domain/vocabulary.ts'
import { instantText, readCursor, writeCursor } from './page.ts'

type Page<Item> = { items: Item[]; next: string | null }

/** The organisation's own offers of any status, last changed first. */
export async function listMyOffers(ctx: MemberContext, input: ListMine): Promise<Page<MyOffer>> {
  const { items, next } = await own(ctx, 'offer', input)
  return { items: items.map((row) => myOffer(row, ctx.vocabulary)), next }
}

/** The organisation's own requests of any status, last changed first. */
export async function listMyRequests(ctx: MemberContext, input: ListMine): Promise<Page<MyRequest>> {
  const { items, next } = await own(ctx, 'request', input)
  return { items: items.map((row) => myRequest(row, ctx.vocabulary)), next }
}

async function own(
  { db, actor }: MemberContext,
  noun: Noun,
  { cursor, limit, statuses, begunByMe }: ListMine,
): Promise<Page<OwnRow>> {
  const { organisationId, personId } = actor
  const begunBy = begunByMe ? personId : undefined
  const after = readCursor(cursor, 'mine', instantText)
  const rows = await asActor(db, actor, (tx) =>
    readOwn(tx, noun, { organisationId, statuses, begunBy, after, limit: limit + 1 }),
  )
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return { items: rows.slice(0, limit), next: last ? writeCursor('mine', last.changedAt, last.id) : null }
}

function myOffer(row: OwnRow, vocabulary: Vocabulary): MyOffer {
  const alike = ownRow(row)
  if (row.item) {
    // What `showOffer` wrote, as it wrote it.
    const item = row.item as OfferItem
    const { mainCompetence, confirmedUntil, stale } = item
    return { ...alike, ...shown(item, row), mainCompetence, confirmedUntil, stale }
  }
  const draft = OfferDraft.parse(row.details)
  const mainCompetence = vocabulary.get(draft.mainCompetence ?? '') ?? null
  return { ...alike, ...drafted(draft), mainCompetence, confirmedUntil: draft.confirmedUntil ?? null, stale: false }
}

function myRequest(row: OwnRow, vocabulary: Vocabulary): MyRequest {
  const alike = ownRow(row)
  if (row.item) {
    const item = row.item as RequestItem
    return { ...alike, ...shown(item, row), requiredCompetences: item.requiredCompetences, coverage: item.coverage }
  }
  const draft = RequestDraft.parse(row.details)
  const named = draft.requiredCompetences?.map((slug) => vocabulary.get(slug)) ?? []
  return {
    ...alike,
    ...drafted(draft),
    requiredCompetences: named.filter((name) => name !== undefined),
    coverage: null,
  }
}

function ownRow({ id, reference, version, status, changedAt }: OwnRow) {
  return { id, reference, version, status, changedAt }
}

function shown({ title, period, hoursPerWeek, mostLeft }: OfferItem | RequestItem, { remaining }: OwnRow) {
  return { title, period, hoursPerWeek, leastLeft: leastHours(remaining ?? []), mostLeft }
}

function drafted({ title, segments }: Pick<OfferDraft, 'title' | 'segments'>) {
  const hours = segments?.map(({ hoursPerWeek }) => hoursPerWeek ?? 0) ?? []
  return {
    title: title || null,
    period: draftPeriod(segments ?? []),
    hoursPerWeek: hours.length > 0 ? Math.max(...hours) : null,
    leastLeft: null,
    mostLeft: null,
  }
}
