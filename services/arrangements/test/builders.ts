import { randomUUID } from 'node:crypto'
import type { DecideArrangement, ProposeArrangement, Share, ShareInput } from '@samkraft/contracts/arrangements'
import { organisationChanged, type organisationKinds } from '@samkraft/contracts/identity'
import {
  capacityRefused,
  capacityReserved,
  type OfferFacts,
  offerPublished,
  type RequestFacts,
  requestPublished,
} from '@samkraft/contracts/marketplace'
import { testWithDatabase } from '@samkraft/db/testing'
import { createLog } from '@samkraft/http'
import { listening } from '@samkraft/jobs/testing'
import { type Actor, mondayOf, addDays, type Role } from '@samkraft/kernel'
import { type Kysely, sql } from 'kysely'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import type { Services } from '../src/context.ts'
import { migrations } from '../src/db/migrations/index.ts'
import type { Schema } from '../src/db/schema.ts'
import { handlers } from '../src/jobs/handlers.ts'

const createCaller = createCallerFactory(router)

/** The spring term of the journeys here; tests begin on `today`, ten weeks before it. */
export const spring = { from: '2027-01-11', to: '2027-06-12' }
export const today = '2026-11-02'

export type Api = ReturnType<typeof createCaller>

function callerFor(services: Services, actor: Actor | null): Api {
  return createCaller({
    ...services,
    log: createLog('arrangements', 'silent'),
    actor,
    requestId: randomUUID(),
    address: '',
  })
}

export const test = testWithDatabase<Schema>(migrations)
  .extend(
    'as',
    { scope: 'file' },
    ({ db }) =>
      (actor: Actor | null) =>
        callerFor({ db }, actor),
  )
  /** Feeds events of other services to the handlers, each aggregate's in order. */
  .extend('hear', { scope: 'file' }, ({ db }) => listening(db, handlers))
  /** Sets the database's clock to nine in the morning of a day. */
  .extend('on', { scope: 'file' }, ({ owner }) => async (day: string): Promise<void> => {
    await sql`update clock set shift = (${day}::date + time '09:00') at time zone 'Europe/Stockholm' - now()`.execute(
      owner,
    )
  })
  .extend('county', { scope: 'file' }, async ({ hear, on }) => {
    await on(today)
    return aCounty(hear)
  })

export type Hear = ReturnType<typeof listening<Schema>>

export type Organisation = Readonly<{
  id: string
  name: string
  /** Somebody of the organisation in these roles; always another person unless one is given. */
  person(roles: readonly Role[], personId?: string): Actor
}>

export async function anOrganisation(
  hear: Hear,
  shortName: string,
  {
    kind = 'municipality',
    countyCode = '19',
    name = kind === 'municipality' ? `${shortName} kommun` : shortName,
  }: { kind?: (typeof organisationKinds)[number]; countyCode?: string | null; name?: string } = {},
): Promise<Organisation> {
  const id = randomUUID()
  const data = {
    organisationId: id,
    kind,
    name,
    shortName,
    municipalityCode: null,
    countyCode,
    population: 5_000,
    skrGroup: null,
    latitude: null,
    longitude: null,
  }
  await hear(organisationChanged, { aggregateId: id, organisationId: id, data })
  const person = (roles: readonly Role[], personId: string = randomUUID()): Actor => ({
    personId,
    organisationId: id,
    roles,
  })
  return { id, name, person }
}

async function aCounty(hear: Hear) {
  return {
    region: await anOrganisation(hear, 'Region Västmanland', { kind: 'region' }),
    vasteras: await anOrganisation(hear, 'Västerås'),
    norberg: await anOrganisation(hear, 'Norberg'),
    kungsor: await anOrganisation(hear, 'Kungsör'),
    arboga: await anOrganisation(hear, 'Arboga'),
  }
}

export type County = Awaited<ReturnType<typeof aCounty>>

/** An offer that marketplace has published; 16 hours of a school psychologist in the spring unless told. */
export async function anOffer(
  hear: Hear,
  lender: Organisation,
  { hours = 16, period = spring, left = hours }: { hours?: number; period?: typeof spring; left?: number } = {},
): Promise<OfferFacts> {
  const facts: OfferFacts = {
    offerId: randomUUID(),
    version: 1,
    kind: 'competence',
    mainCompetence: 'skolpsykolog',
    otherCompetences: [],
    licence: 'documented',
    segments: [{ period, hoursPerWeek: hours }],
    slice: 4,
    place: 'hybrid',
    travelKm: 60,
    focusAreas: [],
    languages: [],
    costModel: 'actual_hours',
    orePerHour: 65_000,
    confirmedUntil: '2026-12-31',
    left: weeks(period, left),
  }
  await hear(offerPublished, { aggregateId: facts.offerId, organisationId: lender.id, data: facts })
  return facts
}

/** The same hours left in every week of a period. */
export function weeks(period: typeof spring, hoursPerWeek: number) {
  return [{ fromWeek: mondayOf(period.from), toWeek: addDays(mondayOf(addDays(period.to, -1)), 7), hoursPerWeek }]
}

export async function aRequest(
  hear: Hear,
  borrower: Organisation,
  { hours = 8, period = spring }: { hours?: number; period?: typeof spring } = {},
): Promise<RequestFacts> {
  const facts: RequestFacts = {
    requestId: randomUUID(),
    version: 1,
    requiredCompetences: ['skolpsykolog'],
    preferredCompetences: [],
    licenceRequired: true,
    segments: [{ period, hoursPerWeek: hours }],
    least: 4,
    periodFixed: true,
    place: 'on_site',
    cause: 'vacancy',
    focusAreas: [],
    languages: [],
    highestOrePerHour: null,
    left: weeks(period, hours),
  }
  await hear(requestPublished, { aggregateId: facts.requestId, organisationId: borrower.id, data: facts })
  return facts
}

export function aProposal(
  offer: OfferFacts,
  requests: readonly RequestFacts[],
  {
    hours = 8,
    period = spring,
    ...others
  }: { hours?: number; period?: typeof spring } & Partial<ProposeArrangement> = {},
): ProposeArrangement {
  return {
    commandKey: randomUUID(),
    offerId: offer.offerId,
    shares: requests.map(({ requestId }) => ({ requestId, period, hoursPerWeek: hours })),
    place: 'on_site',
    rationale: 'Ingen av oss kan ha en egen skolpsykolog.',
    message: 'Gärna måndagar.',
    ...others,
  }
}

/** What a command on an arrangement carries besides its own fields. */
export function onIt({ arrangementId, version }: { arrangementId: string; version: number }) {
  return { commandKey: randomUUID(), arrangementId, version }
}

export const yes = {
  decision: 'yes',
  delegationReference: 'Delegationsordning 4.2',
  noConflictOfInterest: true,
} as const satisfies Partial<DecideArrangement>

export const because = { reasonCode: 'terms', reasonText: '' } as const

type Cast = Readonly<{ as: (actor: Actor) => Api; hear: Hear; county: County }>

const stages = [
  'proposed',
  'lender_decision',
  'borrower_decision',
  'coordinator_approval',
  'reserving',
  'approved',
] as const

/**
 * An arrangement between Västerås, who lends, and the borrowers (Norberg unless told), who get 8 hours each, as far on as `stage`.
 * The first borrower proposes. Everyone who acts is somebody of their own.
 */
export async function anArrangement(
  { as, hear, county }: Cast,
  stage: (typeof stages)[number],
  {
    borrowers = [county.norberg],
    offer,
    period = spring,
    hours = 8,
    inTerms = (share) => [share],
  }: {
    borrowers?: readonly Organisation[]
    offer?: OfferFacts
    period?: typeof spring
    hours?: number
    /** What becomes of each share, such as one for each term. */
    inTerms?: (share: ShareInput) => ShareInput[]
  } = {},
) {
  const { vasteras, region } = county
  const [proposer] = borrowers
  if (!proposer) throw new Error('nobody borrows')
  const offered = offer ?? (await anOffer(hear, vasteras, { hours: 40, period }))
  const requests = await Promise.all(borrowers.map((borrower) => aRequest(hear, borrower, { period })))
  const decider = as(vasteras.person(['decider']))
  const after = stages.indexOf(stage)

  const { shares, ...terms } = aProposal(offered, requests, { hours, period })
  let receipt = await as(proposer.person(['officer'])).arrangement.propose({
    ...terms,
    shares: shares.flatMap(inTerms),
  })
  if (after >= 1) {
    receipt = await decider.arrangement.accept(onIt(receipt))
    for (const borrower of borrowers.slice(1))
      receipt = await as(borrower.person(['officer'])).arrangement.accept(onIt(receipt))
  }
  if (after >= 2) receipt = await decider.arrangement.decide({ ...onIt(receipt), ...yes })
  if (after >= 3)
    for (const borrower of borrowers)
      receipt = await as(borrower.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
  if (after >= 4) receipt = await as(region.person(['coordinator'])).arrangement.approve(onIt(receipt))
  if (after >= 5) await reserve(hear, vasteras, offered, receipt.arrangementId)
  const { arrangementId } = receipt
  const view = await as(vasteras.person(['officer'])).arrangement.get({ arrangementId })
  return { offer: offered, requests, arrangementId, version: view.version, view }
}

/** The ledger holds the hours. */
export function reserve(
  hear: Hear,
  lender: Organisation,
  { offerId }: OfferFacts,
  arrangementId: string,
  shares: Share[] = [],
  left = 8,
) {
  const data = { offerId, arrangementId, shares, left: weeks(spring, left) }
  return hear(capacityReserved, { aggregateId: offerId, organisationId: lender.id, data })
}

/** The ledger has too little in a week. */
export function refuse(hear: Hear, lender: Organisation, { offerId }: OfferFacts, arrangementId: string) {
  const shortfall = { week: '2027-02-01', left: 2, asked: 8 }
  const data = { offerId, arrangementId, reason: 'not_enough' as const, shortfall }
  return hear(capacityRefused, { aggregateId: offerId, organisationId: lender.id, data })
}

/** The events of an arrangement in the outbox, in order, by the last part of their names. */
export async function eventsOf(db: Kysely<Schema>, arrangementId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('type')
    .where('aggregate_id', '=', arrangementId)
    .orderBy('sequence')
    .execute()
  return rows.map(({ type }) => type.replace(/^arrangements\.(arrangement_)?(.*)\.v1$/, '$2'))
}
