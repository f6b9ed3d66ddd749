import type { Permission } from '@samkraft/contracts'
import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { openWorld, type World } from '../world/world.ts'
import { type Estate, makeEstate, people } from './estate.ts'
import { permissions, type ServiceName, servicesOf } from './examples.ts'
import { call, exampleOf, findLeaks, procedures } from './probe.ts'

let world: World
let estate: Estate

beforeAll(async () => {
  world = await openWorld()
  estate = await makeEstate(world)
})
afterAll(() => world[Symbol.asyncDispose]())

test('no procedure lets an outsider see or change what belongs to another organisation', async () => {
  await expect(findLeaks(world, estate)).resolves.toEqual([])
})

test('every procedure of every router is in the table of policies, and every policy has a procedure', () => {
  const routed = servicesOf(world.routers).flatMap((service) =>
    Object.keys(world.routers[service]._def.procedures).map((path) => `${service}.${path}`),
  )
  expect(
    procedures()
      .map(({ service, path }) => `${service}.${path}`)
      .sort(),
  ).toEqual(routed.sort())
})

describe('the net has no hole: a removed guard is noticed', () => {
  const closed = procedures().filter(({ service, path }) => policyOf(service, path).who !== 'anyone')

  test.for(closed.map(({ service, path }) => [`${service}.${path}`, service, path] as const))(
    'policy of %s',
    async ([, service, path]) => {
      const living: Record<string, Permission> = permissions[service]
      const policy = policyOf(service, path)
      try {
        Reflect.deleteProperty(living, path)
        await expect(findLeaks(world, estate, [`${service}.${path}`])).resolves.not.toEqual([])
        living[path] = { ...policy, who: 'anyone' }
        const open = await call(world, estate, { service, path }, null)
        // Behind the policy stands the procedure itself, which will not run without an actor.
        expect(open.code).not.toBeNull()
      } finally {
        living[path] = policy
      }
    },
  )

  test.for([
    ['marketplace', 'offer', 'marketplace.offer.draftGet'],
    ['marketplace', 'request', 'marketplace.request.draftGet'],
    ['arrangements', 'arrangement', 'arrangements.arrangement.get'],
    ['matching', 'plan', 'matching.plan.get'],
  ] as const)('row-level security of %s.%s', async ([service, table, procedure]) => {
    try {
      await world.superuser[service].query(`alter table ${table} disable row level security`)
      await expect(findLeaks(world, estate, [procedure])).resolves.not.toEqual([])
    } finally {
      await world.superuser[service].query(`alter table ${table} enable row level security`)
    }
  })
})

test('the owner meets none of these walls: the examples aim at something real', async () => {
  for (const { service, path } of procedures()) {
    const policy = policyOf(service, path)
    if (policy.who === 'anyone' || path.startsWith('session.') || path === 'password.change') continue
    const role = policy.who === 'member' ? 'officer' : policy.who[0]
    const ofRegion = role === 'coordinator' || exampleOf(service, path).names === 'region'
    const standing = ofRegion ? people.region : people.owner
    const answer = await call(world, estate, { service, path }, { ...standing, roles: role ? [role] : [] })
    const unlike = ['offer.get', 'offer.conditions', 'request.get', 'ledger.get', 'organisation.get'].includes(path)
    const fine = unlike
      ? ['NOT_FOUND']
      : [
          null,
          'CONFLICT',
          'FORBIDDEN',
          ...(path.includes('raft') || /publish|propose|match.get|plan.discard/.test(path) ? ['NOT_FOUND'] : []),
        ]
    expect(fine, `${service}.${path}: ${answer.text}`).toContain(answer.code)
  }
})

function policyOf(service: ServiceName, path: string): Permission {
  const table: Readonly<Record<string, Permission>> = permissions[service]
  const policy = table[path]
  if (!policy) throw new Error(`${service}.${path} has no policy`)
  return policy
}
