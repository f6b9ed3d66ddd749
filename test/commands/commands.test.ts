import { randomUUID } from 'node:crypto'
import type { Actor } from '@samkraft/kernel'
import { DomainError } from '@samkraft/kernel'
import { TRPCError } from '@trpc/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Books, openBooks } from '../booking/books.ts'
import { type Estate, makeEstate } from '../tenancy/estate.ts'
import { exampleOf } from '../tenancy/probe.ts'
import { matched } from '../world/matched.ts'
import { type Procedure, proceduresOf, reads } from '../world/procedures.ts'
import { readTraces, rowsGained, type Traces, writtenBetween } from '../world/traces.ts'
import { openWorld, routers, type World } from '../world/world.ts'
import { type Hands, stages } from './stages.ts'

/** Mutations that carry no key, and why each may be sent twice all the same. */
const keyless = {
  'identity.session.signIn': 'a second sign-in is a second session, and a secret is never kept to be given again',
  'identity.session.enter': 'changes nothing but when the session was last used',
  'identity.session.signOut': 'a session that has ended stays ended',
  'identity.invitation.get': 'reads; a secret must not stand in an address',
}

/** Fields that are refused before the key is looked at: who accepts is nobody yet, and these say whose keys to look at. */
const provenFirst: Readonly<Record<string, string>> = {
  'identity.invitation.accept secret': 'invitation.not_valid',
  'identity.invitation.accept password': 'password.wrong',
  'identity.password.renew secret': 'invitation.not_valid',
}

/** Commands after which there is nothing left that could have another version. */
const leavesNothing: Readonly<Record<string, string>> = {
  'marketplace.offer.discardDraft': 'offer.not_found',
  'marketplace.request.discardDraft': 'request.not_found',
  'matching.plan.discard': 'plan.not_found',
}

const mutations = proceduresOf(routers).filter(({ type }) => type === 'mutation')
const commands = mutations.filter((procedure) => reads(procedure, 'commandKey'))
const nameOf = ({ service, path }: Procedure) => `${service}.${path}`

let world: World
let books: Books
let hands: Hands

beforeAll(async () => {
  world = await openWorld()
  const { identity, marketplace, matching, arrangements } = world.databases
  books = await openBooks({
    identity: identity.adminUrl,
    marketplace: marketplace.adminUrl,
    matching: matching.adminUrl,
    arrangements: arrangements.adminUrl,
  })
  const estate = await makeEstate(world)
  hands = { as: world.as, estate, settled }
})
afterAll(async () => {
  await books[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

test('every mutation is a command with a stage, or is known to need no key', () => {
  const without = mutations.filter((procedure) => !reads(procedure, 'commandKey')).map(nameOf)
  expect(without.sort()).toEqual(Object.keys(keyless).sort())
  expect(Object.keys(stages).sort()).toEqual(commands.map(nameOf).sort())
})

describe.for(commands.map((procedure) => [nameOf(procedure), procedure] as const))('%s', ([name, procedure]) => {
  let gained: ReturnType<typeof effects>

  test('gives its first result when it is repeated, takes no other input under its key, and no version that is over', async () => {
    const { send, input } = await enter(procedure)
    const before = await traces()
    const first = await send(input)
    expect(first).not.toBeInstanceOf(Error)
    const done = await traces()
    gained = effects(before, done, procedure)
    expect(writtenBetween(before, done)).toContain(`${procedure.service}.command`)

    expect(await send(input)).toEqual(first)
    expect(writtenBetween(done, await traces(), counted)).toEqual([])

    for (const [field, other] of othersThan(procedure, input)) {
      const code = provenFirst[`${name} ${field}`] ?? 'command.key_reused'
      expect(await send(other), field).toMatchObject({ code })
    }
    expect(writtenBetween(done, await traces(), counted)).toEqual([])

    if (!reads(procedure, 'version')) return
    const late = await send({ ...input, commandKey: randomUUID() })
    expect(writtenBetween(done, await traces(), counted)).toEqual([])
    if (leavesNothing[name]) return expect(late).toMatchObject({ kind: 'not_found', code: leavesNothing[name] })
    expect(late).toMatchObject({ kind: 'conflict', code: expect.stringMatching(/\.(stale|changed)$/) })
    expect(whatChanged(late)).not.toEqual([])
    return undefined
  })

  test('has its effects once when it is sent eight times at once', async () => {
    const { send, input } = await enter(procedure)
    const before = await traces()
    const [first, ...others] = await Promise.all(Array.from({ length: 8 }, () => send(input)))
    expect(first).not.toBeInstanceOf(Error)
    for (const other of others) expect(other).toEqual(first)
    expect(effects(before, await traces(), procedure)).toEqual(gained)
  })
})

/** Guesses are counted before anything is known of the call. */
const counted = ['identity.sign_in_attempt']

/** The rows a command has added. The head of an audit chain is one row for each organisation, whoever comes first. */
function effects(before: Traces, after: Traces, { service }: Procedure): [table: string, rows: number][] {
  const gained = rowsGained(before, after, service)
  return gained.filter(([table]) => !counted.includes(table) && !table.endsWith('.audit_head'))
}

type Input = Readonly<Record<string, unknown>>

/** Prepares what a command needs, and how it is sent: the result, or the refusal. */
async function enter({ service, path }: Procedure) {
  const stage = stages[`${service}.${path}`]
  if (!stage) throw new Error(`${service}.${path} has no stage`)
  const { actor, estate, input } = await stage(hands)
  const whole: Estate = { ...hands.estate, ...estate }
  const example = exampleOf(service, path).input(whole) as Input
  return {
    input: { ...example, ...input } as Input,
    send: (given: Input) => call(actor, { service, path }, given),
  }
}

async function call(
  actor: Actor,
  { service, path }: Pick<Procedure, 'service' | 'path'>,
  input: Input,
): Promise<unknown> {
  let procedure: unknown = world.as(actor)[service]
  for (const part of path.split('.')) procedure = (procedure as Record<string, unknown>)[part]
  try {
    // The caller's type is lost on the way through the path; the router parses the input by itself.
    return await (procedure as (input: unknown) => Promise<unknown>)(input)
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof DomainError) return error.cause
    throw error
  }
}

/** Inputs that the schema takes as well and that differ in one field. */
function othersThan({ input: schema }: Procedure, input: Input): [field: string, other: Input][] {
  const others = Object.entries(input).flatMap(([field, value]) =>
    field === 'commandKey'
      ? []
      : exchanged(value).map((other): [string, Input] => [field, { ...input, [field]: other }]),
  )
  const fitting = others.filter(([, other]) => schema?.safeParse(other).success)
  if (fitting.length === 0) throw new Error('nothing of the input can be exchanged')
  return fitting
}

function exchanged(value: unknown): unknown[] {
  if (typeof value === 'number') return [value + 1]
  if (Array.isArray(value) && value.length > 1) return [value.toReversed()]
  if (typeof value === 'string') return [randomUUID(), `${value} på annat sätt`]
  return []
}

/** What a refusal tells of what has happened since: fields of a thing, steps of an arrangement, or a member as they are now. */
function whatChanged(refusal: unknown): unknown[] {
  if (!(refusal instanceof DomainError)) return []
  const { version: _, changed, changes, roles } = refusal.details
  return Object.values(changed ?? changes ?? roles ?? [])
}

/** All that is written once everything has come to rest, matching included. */
async function traces(): Promise<Traces> {
  await settled()
  const { identity, marketplace, matching, arrangements } = books
  if (!matching) throw new Error('matching is part of this world')
  return readTraces({ identity, marketplace, matching, arrangements })
}

async function settled(): Promise<void> {
  await books.settled()
  if (books.matching) await matched(books.matching)
}
