import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { OrganisationKind } from '@samkraft/contracts/identity'
import { asOrganisation } from '@samkraft/db'
import { testWithDatabase } from '@samkraft/db/testing'
import { createLog } from '@samkraft/http'
import type { Actor, Role } from '@samkraft/kernel'
import { type Kysely, sql } from 'kysely'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import type { Services } from '../src/context.ts'
import { continueAs } from '../src/db/access.ts'
import { addAccount } from '../src/db/accounts.ts'
import { migrations } from '../src/db/migrations/index.ts'
import { saveOrganisation } from '../src/db/organisations.ts'
import { addMembership } from '../src/db/people.ts'
import type { Schema } from '../src/db/schema.ts'
import { createPasswords } from '../src/domain/password-hash.ts'
import { deriveKey } from '../src/domain/secret.ts'

const keys = generateKeyPairSync('ed25519')
export const actorPublicKey = keys.publicKey
/** What argon2id allows at least: these tests guess some hundred times, and how often counts. */
const passwords = await createPasswords({ memory: 8, passes: 1, parallelism: 1 })
const createCaller = createCallerFactory(router)

/** What everyone built here signs in with. */
export const password = 'gråsparv på taket'
const passwordHash = await passwords.hash(password)

export function servicesOn(db: Kysely<Schema>, overrides: Partial<Services> = {}): Services {
  const actorPrivateKey = keys.privateKey
  return { db, passwords, actorPrivateKey, derivationKey: deriveKey(actorPrivateKey), demo: false, ...overrides }
}

export type Api = ReturnType<typeof callerFor>

function callerFor(services: Services, actor: Actor | null, address: string) {
  const log = createLog('identity', 'silent')
  return createCaller({ ...services, log, actor, requestId: randomUUID(), address })
}

export const test = testWithDatabase<Schema>(migrations)
  .extend('services', { scope: 'file' }, ({ db }): Services => servicesOn(db))
  /** The router as somebody meets it; everyone connects from a place of their own unless told otherwise. */
  .extend(
    'as',
    { scope: 'file' },
    ({ services }) =>
      (actor: Actor | null, address: string = randomUUID()) =>
        callerFor(services, actor, address),
  )
  /** Nobody in particular. */
  .extend('anyone', ({ as }): Api => as(null))
  /** Moves the database clock on by an interval for the rest of the test. */
  .extend('pass', ({ owner }, { onCleanup }) => {
    onCleanup(async () => {
      await owner.updateTable('clock').set({ shift: '0' }).execute()
    })
    return async (interval: string): Promise<void> => {
      await sql`update clock set shift = shift + ${interval}::interval`.execute(owner)
    }
  })

export async function anOrganisation(
  db: Kysely<Schema>,
  { kind = 'municipality', countyCode = '19' }: { kind?: OrganisationKind; countyCode?: string | null } = {},
): Promise<string> {
  const organisationId = randomUUID()
  const shortName = `Ort ${organisationId.slice(0, 8)}`
  await saveOrganisation(db, {
    organisationId,
    kind,
    name: `${shortName} kommun`,
    shortName,
    municipalityCode: null,
    countyCode,
    countyName: 'Västmanlands län',
    population: 5_000,
    populationYear: 2025,
    skrGroup: null,
    skrGroupName: null,
    organisationNumber: null,
    seat: null,
    latitude: null,
    longitude: null,
  })
  return organisationId
}

export type Member = Actor & { email: string; title: string }

/** A person with an account who is a member of `organisationId` (a new organisation unless told). */
export async function aMember(
  db: Kysely<Schema>,
  given: { organisationId?: string; roles?: readonly Role[]; title?: string; email?: string } = {},
): Promise<Member> {
  const personId = randomUUID()
  const organisationId = given.organisationId ?? (await anOrganisation(db))
  const { roles = ['officer'], title = 'Handläggare', email = `${personId}@kommun.example` } = given
  await asOrganisation(db, organisationId, async (tx) => {
    await continueAs(tx, { personId, organisationId })
    await addAccount(tx, { personId, email, passwordHash })
    await addMembership(tx, { organisationId, personId, title, roles })
  })
  return { personId, organisationId, roles, email, title }
}

/** Gives somebody who exists a place in one more organisation. */
export async function alsoMemberOf(
  db: Kysely<Schema>,
  { personId }: Member,
  { organisationId, roles = ['officer'], title = 'Handläggare' }: Partial<Member> & { organisationId: string },
): Promise<void> {
  await asOrganisation(db, organisationId, async (tx) => {
    await continueAs(tx, { personId, organisationId })
    await addMembership(tx, { organisationId, personId, title, roles })
  })
}

export const key = (): string => randomUUID()

/** What a refused call says: tRPC's code and our reason. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error && 'code' in error) return `${String(error.code)} ${error.message}`
    throw error
  }
  throw new Error('the call was not refused')
}
