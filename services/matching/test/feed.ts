import type { EventDefinition } from '@samkraft/contracts'
import {
  arrangementApproved,
  arrangementDeclined,
  arrangementEndDecided,
  arrangementEnded,
  arrangementProposed,
  arrangementRevised,
} from '@samkraft/contracts/arrangements'
import { organisationChanged } from '@samkraft/contracts/identity'
import {
  capacityReleased,
  capacityReserved,
  offerChanged,
  offerPublished,
  offerWithdrawn,
  requestChanged,
  requestCoverageChanged,
  requestPublished,
  requestWithdrawn,
  type WeeklyHours,
} from '@samkraft/contracts/marketplace'
import { testWithDatabase } from '@samkraft/db/testing'
import { createLog } from '@samkraft/http'
import { listening } from '@samkraft/jobs/testing'
import type { Actor, Role } from '@samkraft/kernel'
import { type Kysely, sql } from 'kysely'
import type { z } from 'zod'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import { matchStale } from '../src/app/match-stale.ts'
import { migrations } from '../src/db/migrations/index.ts'
import type { Schema } from '../src/db/schema.ts'
import { handlers } from '../src/jobs/handlers.ts'
import {
  id,
  type OfferChange,
  offerFacts,
  type Owner,
  relations,
  type RequestChange,
  requestFacts,
} from './builders.ts'

export const log = createLog('matching-test', 'silent')

/** Tells matching what happened elsewhere, as the queue would: in order, one event after another. */
export function feeding(db: Kysely<Schema>) {
  const hear = listening(db, handlers)
  const services = { db, relations }

  const tell = <Definition extends EventDefinition>(
    definition: Definition,
    aggregateId: string,
    organisationId: string,
    data: z.input<Definition['data']>,
  ) => hear(definition, { aggregateId, organisationId, data })

  return {
    services,
    /** One that was told before. */
    again: hear.again,
    /** All that is behind is matched. */
    match: () => matchStale(services, log),
    organisation: (owner: Owner, countyCode: string | null = '19', shortName = 'En') =>
      tell(organisationChanged, owner.organisationId, owner.organisationId, {
        organisationId: owner.organisationId,
        kind: owner.population === null ? 'region' : 'municipality',
        name: 'En organisation',
        shortName,
        municipalityCode: null,
        countyCode,
        population: owner.population,
        skrGroup: null,
        latitude: owner.position?.latitude ?? null,
        longitude: owner.position?.longitude ?? null,
      }),
    offer(owner: Owner, change: OfferChange = {}) {
      const facts = offerFacts(change)
      return tell(offerPublished, facts.offerId, owner.organisationId, facts)
    },
    offerChanged(owner: Owner, change: OfferChange) {
      const facts = offerFacts(change)
      return tell(offerChanged, facts.offerId, owner.organisationId, facts)
    },
    offerWithdrawn: (owner: Owner, offerId: string) =>
      tell(offerWithdrawn, offerId, owner.organisationId, { offerId, reason: 'withdrawn' }),
    reserved: (owner: Owner, offerId: string, left: WeeklyHours[]) =>
      tell(capacityReserved, offerId, owner.organisationId, { offerId, arrangementId: id(900), shares: [], left }),
    released: (owner: Owner, offerId: string, left: WeeklyHours[]) =>
      tell(capacityReleased, offerId, owner.organisationId, { offerId, arrangementId: id(900), left }),
    request(owner: Owner, change: RequestChange = {}) {
      const facts = requestFacts(change)
      return tell(requestPublished, facts.requestId, owner.organisationId, facts)
    },
    requestChanged(owner: Owner, change: RequestChange) {
      const facts = requestFacts(change)
      return tell(requestChanged, facts.requestId, owner.organisationId, facts)
    },
    requestWithdrawn: (owner: Owner, requestId: string) =>
      tell(requestWithdrawn, requestId, owner.organisationId, { requestId, reason: 'withdrawn' }),
    covered: (owner: Owner, requestId: string, left: WeeklyHours[]) =>
      tell(requestCoverageChanged, requestId, owner.organisationId, { requestId, arrangementId: id(900), left }),
    approved: (facts: z.input<(typeof arrangementApproved)['data']>) =>
      tell(arrangementApproved, facts.arrangementId, facts.lenderId, facts),
    proposed: (facts: z.input<(typeof arrangementProposed)['data']>) =>
      tell(arrangementProposed, facts.arrangementId, facts.lenderId, facts),
    revised: (facts: z.input<(typeof arrangementRevised)['data']>) =>
      tell(arrangementRevised, facts.arrangementId, facts.lenderId, facts),
    declined: (facts: z.input<(typeof arrangementDeclined)['data']>) =>
      tell(arrangementDeclined, facts.arrangementId, facts.lenderId, facts),
    endDecided: (facts: z.input<(typeof arrangementEndDecided)['data']>) =>
      tell(arrangementEndDecided, facts.arrangementId, facts.lenderId, facts),
    ended: (facts: z.input<(typeof arrangementEnded)['data']>) =>
      tell(arrangementEnded, facts.arrangementId, facts.lenderId, facts),
    /** What the API answers a member of an organisation. */
    as: (owner: Pick<Owner, 'organisationId'>, roles: Role[] = ['officer']) => callerFor(services, owner, roles),
  }
}

export type Feed = ReturnType<typeof feeding>

function callerFor(services: Feed['services'], { organisationId }: Pick<Owner, 'organisationId'>, roles: Role[]) {
  const actor: Actor = { personId: id(77), organisationId, roles }
  return createCallerFactory(router)({ ...services, actor, requestId: 'a-test-request', address: '', log })
}

/** Moves the database's clock to the morning of a day; only its owner may. */
export async function setToday(admin: Kysely<Schema>, date: string): Promise<void> {
  await sql`update clock set shift = (${date}::date + time '08:00') at time zone 'Europe/Stockholm' - now()`.execute(
    admin,
  )
}

/** A `test` with a fresh database per file, emptied before each test, and something that happens elsewhere. It is 23 November 2026. */
export const test = testWithDatabase<Schema>(migrations)
  .extend('emptied', { auto: true }, async ({ admin }) => {
    await admin.deleteFrom('organisation').execute()
    await admin.deleteFrom('arrangement_share').execute()
    await admin.deleteFrom('seen').execute()
    await admin.deleteFrom('inbox').execute()
    await admin.deleteFrom('command').execute()
    await admin.deleteFrom('plan').execute()
    await admin.deleteFrom('arrangement_pair').execute()
    await admin.deleteFrom('offer').execute()
    await admin.deleteFrom('request').execute()
    await admin.deleteFrom('pooled_need').execute()
    await setToday(admin, '2026-11-23')
  })
  .extend('feed', ({ db }) => feeding(db))
