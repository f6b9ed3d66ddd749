import { randomUUID } from 'node:crypto'
import type { EventDefinition } from '@samkraft/contracts'
import type { ArrangementFacts } from '@samkraft/contracts/arrangements'
import type { OrganisationFacts } from '@samkraft/contracts/identity'
import { asOrganisation, type Migrations } from '@samkraft/db'
import { testWithDatabase } from '@samkraft/db/testing'
import { createLog } from '@samkraft/http'
import { listening } from '@samkraft/jobs/testing'
import type { Role } from '@samkraft/kernel'
import { sql, type Transaction } from 'kysely'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import { keepOrganisation } from '../src/app/keep-organisation.ts'
import { bringUpToDate, loadVocabulary, openResolver } from '../src/app/load-vocabulary.ts'
import { createTextQueries } from '../src/app/text-query.ts'
import type { Services } from '../src/context.ts'
import { migrations } from '../src/db/migrations/index.ts'
import type { Schema } from '../src/db/schema.ts'
import { eventHandlers } from '../src/jobs/handlers.ts'

function municipality(code: string, shortName: string, name = `${shortName}s kommun`): OrganisationFacts {
  return {
    organisationId: randomUUID(),
    kind: 'municipality',
    name,
    shortName,
    municipalityCode: code,
    countyCode: code.slice(0, 2),
    population: 10_000,
    skrGroup: 'C8',
    latitude: 59.6,
    longitude: 16.5,
  }
}

export const vasteras = municipality('1980', 'Västerås', 'Västerås stad')
export const norberg = municipality('1962', 'Norberg')
export const kungsor = municipality('1960', 'Kungsör')
export const sala = municipality('1981', 'Sala')
export const organisations = [vasteras, norberg, kungsor, sala]

const caller = createCallerFactory(router)
const log = createLog('marketplace', 'silent')

export type Api = ReturnType<typeof caller>

/** The service as a member of an organisation calls it; an officer, when no role is said. */
export type As = (organisation: OrganisationFacts, ...roles: Role[]) => Api

/** The vocabulary is put into the template, so that each test file finds it there. */
const withVocabulary: Migrations = {
  ...migrations,
  // A migration runs in a transaction.
  '9999-vocabulary': { up: (db: Transaction<Schema>) => bringUpToDate(db) },
}

/** A database of its own, with the vocabulary and four municipalities, and the service's own router to call as any of them. */
export const test = testWithDatabase<Schema>(withVocabulary)
  .extend('services', { scope: 'file' }, async ({ db }): Promise<Services> => {
    for (const facts of organisations) {
      await asOrganisation(db, facts.organisationId, (tx) => keepOrganisation(tx, facts))
    }
    const resolver = openResolver()
    return { db, vocabulary: await loadVocabulary(db), resolver, textQueries: createTextQueries(db, resolver) }
  })
  .extend('as', ({ services }): As => (organisation, ...roles) => {
    const actor = {
      personId: randomUUID(),
      organisationId: organisation.organisationId,
      roles: roles.length > 0 ? roles : (['officer'] as const),
    }
    return caller({ ...services, actor, requestId: 'test-request', address: 'test', log })
  })
  /** An event of an arrangement arrives, as the worker hands it on; in whose name it is applied is the handler's to say. */
  .extend('arrives', { scope: 'file' }, ({ services }) => {
    const hear = listening(services.db, eventHandlers(services))
    const arrives = (definition: EventDefinition, facts: ArrangementFacts & object) =>
      hear(definition, { aggregateId: facts.arrangementId, organisationId: randomUUID(), data: facts })
    return Object.assign(arrives, { again: hear.again })
  })
  .extend('onDay', ({ owner }, { onCleanup }) => {
    onCleanup(async () => {
      await sql`update clock set shift = '0'`.execute(owner)
    })
    /** Moves the database's clock to noon of a day. */
    return async (day: string) => {
      await sql`update clock set shift = (${day}::date + time '12:00') at time zone 'Europe/Stockholm' - now()`.execute(
        owner,
      )
    }
  })
