import { type Permission } from '@samkraft/contracts'
import { type Actor, type Role, roles } from '@samkraft/kernel'
import { TRPCError } from '@trpc/server'
import type { World } from '../world/world.ts'
import { type Estate, people } from './estate.ts'
import { examples, permissions, type ServiceName, servicesOf } from './examples.ts'

/** What each policy says as the code is written; a run can then change the living table and must be noticed. */
const written: Readonly<Record<ServiceName, Readonly<Record<string, Permission>>>> = structuredClone(permissions)

export type Leak = Readonly<{ procedure: string; who: string; what: string }>

type Answer = Readonly<{ code: string | null; text: string }>
type Caller = Readonly<{
  name: string
  actor: Actor | null
  standing: 'owner' | 'counterpart' | 'region' | 'stranger' | 'nobody'
}>

const callers: readonly Caller[] = [
  { name: 'nobody', actor: null, standing: 'nobody' },
  ...roles.flatMap((role) => standings(role)),
]

function standings(role: Role): Caller[] {
  return (['counterpart', 'region', 'stranger'] as const).map((standing) => ({
    name: `${role} of the ${standing}`,
    actor: { ...people[standing], roles: [role] },
    standing,
  }))
}

export function procedures(): { service: ServiceName; path: string }[] {
  return servicesOf(written).flatMap((service) => Object.keys(written[service]).map((path) => ({ service, path })))
}

/** Calls every procedure as everybody who does not own what the call aims at, and says what should not have happened. */
export async function findLeaks(world: World, estate: Estate, only: readonly string[] = []): Promise<Leak[]> {
  const before = await belongings(world)
  const leaks: Leak[] = []
  for (const { service, path } of procedures()) {
    if (only.length > 0 && !only.includes(`${service}.${path}`)) continue
    for (const caller of callers) {
      const answer = await call(world, estate, { service, path }, caller.actor)
      const what = judge({ service, path }, caller, answer, estate)
      leaks.push(...what.map((fault) => ({ procedure: `${service}.${path}`, who: caller.name, what: fault })))
    }
  }
  const after = await belongings(world)
  for (const [table, rows] of before) {
    if (after.get(table) !== rows)
      leaks.push({ procedure: 'any', who: 'an outsider', what: `changed the owner's rows in ${table}` })
  }
  return leaks
}

/** Calls one procedure with its example, however deep its path. */
export async function call(
  world: World,
  estate: Estate,
  { service, path }: { service: ServiceName; path: string },
  actor: Actor | null,
): Promise<Answer> {
  const { input } = exampleOf(service, path)
  let procedure: unknown = world.as(actor)[service]
  for (const part of path.split('.')) procedure = (procedure as Record<string, unknown>)[part]
  try {
    // The caller's type is lost on the way through the path; the router parses the input by itself.
    const result = await (procedure as (input: unknown) => Promise<unknown>)(input(estate))
    return { code: null, text: JSON.stringify(result) ?? '' }
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error
    return { code: error.code, text: `${error.message} ${JSON.stringify(error.cause ?? {})}` }
  }
}

/** The input a procedure is known by. */
export function exampleOf(service: ServiceName, path: string) {
  const table: Readonly<Record<string, (typeof examples)['matching']['rules.get']>> = examples[service]
  const example = table[path]
  if (!example) throw new Error(`${service}.${path} has no example`)
  return example
}

function judge(
  { service, path }: { service: ServiceName; path: string },
  { actor, standing }: Caller,
  { code, text }: Answer,
  estate: Estate,
): string[] {
  const permission = written[service][path]
  if (!permission) return ['has no policy']
  if (code === 'INTERNAL_SERVER_ERROR') return [`broke: ${text}`]
  // A rule of the domain may refuse a good example (a wrong password); a schema may not.
  if (code === 'BAD_REQUEST' && !text.includes('"name":"DomainError"')) return [`its example does not fit: ${text}`]
  const may =
    permission.who === 'anyone' ||
    (actor !== null && (permission.who === 'member' || actor.roles.some((role) => permission.who.includes(role))))
  const stopped = code === 'UNAUTHORIZED' || text.startsWith('auth.')
  if (!may) return stopped ? [] : ['was let in although no policy says so']
  const faults: string[] = []
  // Open procedures prove their caller by a secret, and say UNAUTHORIZED of a wrong one.
  if (stopped && permission.who !== 'anyone') faults.push('was stopped although the policy lets it in')
  const hidden = standing === 'stranger' ? [...estate.ownersOnly, ...estate.partiesOnly] : estate.ownersOnly
  if (hidden.some((words) => text.includes(words))) faults.push('saw what is not for it')
  const { names } = exampleOf(service, path)
  const outside = { owner: standing !== 'owner', party: standing === 'stranger', region: standing !== 'region' }
  const mayReadMatches = service === 'matching' && standing === 'region'
  if (names && outside[names] && !mayReadMatches && !stopped && code !== 'NOT_FOUND')
    faults.push(`was answered ${code ?? 'with a result'} instead of not found`)
  return faults
}

const ownedTables: Readonly<Record<ServiceName, readonly string[]>> = {
  identity: ['membership', 'invitation'],
  marketplace: ['offer', 'request'],
  matching: ['seen', 'pooled_need_request'],
  arrangements: [],
}

/** Everything the owner has that an outsider must not change, as text. The arrangement may be changed by its parties. */
async function belongings({ superuser }: World): Promise<Map<string, string>> {
  const asked = servicesOf(ownedTables).flatMap((service) =>
    ownedTables[service].map(async (table) => {
      const { rows } = await superuser[service].query<{ all: string }>(
        `select coalesce(string_agg(t::text, '|' order by t::text), '') as all from "${table}" t where organisation_id = $1`,
        [people.owner.organisationId],
      )
      return [`${service}.${table}`, rows[0]?.all ?? ''] as const
    }),
  )
  return new Map(await Promise.all(asked))
}
