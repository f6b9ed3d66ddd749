import { randomUUID } from 'node:crypto'
import type { Permission } from '@samkraft/contracts'
import { roles } from '@samkraft/kernel'
import fc from 'fast-check'
import type { z } from 'zod'
import { type Estate, people } from '../tenancy/estate.ts'
import { permissions } from '../tenancy/examples.ts'
import { exampleOf } from '../tenancy/probe.ts'
import { type Procedure, proceduresOf } from '../world/procedures.ts'
import { routers } from '../world/world.ts'
import { actorOf } from '../world/cast.ts'
import type { House } from './house.ts'
import type { Case } from './play.ts'
import { type Answer, send } from './send.ts'
import { astray, parrot, type Spoilt, spoilt, textOf, type Way } from './spoil.ts'

/** What is asked through which door, on whose behalf. */
export type Asked = Readonly<{ procedure: Procedure; text: string; headers: Readonly<Record<string, string>> }>
type Entrance = Pick<House, 'urls' | 'tokenOf'>

/** Longer questions do not fit in an address. */
const longestAddress = 3_000

/** Mutations that are answered although there was nothing to do: who is not signed in is signed out. */
const harmless = ['session.signOut']

/** Commands that aim at nothing, so that their example would be carried out. */
const needNothing = ['person.invite', 'plan.compute']

const all = proceduresOf(routers)
const reading = all.filter((procedure): procedure is Procedure & { input: z.ZodType } => procedure.input !== null)

/** Inputs that no schema takes. Whether one is refused by its schema is known before it is sent. */
export function unfitInputs(
  house: Entrance,
  estate: Estate,
  hasSentence: (code: string) => boolean,
): fc.Arbitrary<Case> {
  return fc.constantFrom(...reading).chain((procedure) => {
    const { service, path, input: schema } = procedure
    const example = exampleOf(service, path).input(estate)
    return fc
      .tuple(
        spoilt(example, schema).filter(({ text }) => !fits(schema, text)),
        by(house, procedure),
      )
      .map(([{ text, way }, headers]): Case => ({
        name: `${service}.${path} at ${way.join('.')} ${text.slice(0, 300)}`,
        async play() {
          return refusalFaults(await ask(house, { procedure, text, headers }), { text, way }, hasSentence)
        },
      }))
  })
}

/** Inputs that fit but aim at what is not there, or ask a question that has no answer: refused by the use case, or answered. */
export function strayInputs(house: Entrance, estate: Estate): fc.Arbitrary<Case> {
  return fc.constantFrom(...reading).chain((procedure) => {
    const { service, path, type, input: schema } = procedure
    const example = exampleOf(service, path).input(estate)
    const stray = astray(example)
    const command = stray?.map(textOf).filter((text) => fits(schema, text))
    const question = spoilt(example, schema)
      .map(({ text }) => text)
      .filter((text) => fits(schema, text))
    // A command that names nothing can only be sent as it is, and those among them that would then be carried out are not.
    const texts =
      type === 'query' ? question : (command ?? fc.constant(needNothing.includes(path) ? '{}' : textOf(example)))
    return fc.tuple(texts, by(house, procedure)).map(([text, headers]): Case => ({
      name: `${service}.${path} ${text.slice(0, 300)}`,
      async play() {
        const { status, text: said } = await ask(house, { procedure, text, headers })
        const allowed = [400, 401, 403, 404, 409, ...(type === 'query' || harmless.includes(path) ? [200] : [])]
        return allowed.includes(status) ? [] : [`was answered ${status}: ${said.slice(0, 300)}`]
      },
    }))
  })
}

/** Commands that say something odd that their schema takes: carried out or refused. */
export function oddCommands(house: Entrance, estate: Estate): fc.Arbitrary<Case> {
  const commands = reading.filter(({ type }) => type === 'mutation')
  return fc.constantFrom(...commands).chain((procedure) => {
    const { service, path, input: schema } = procedure
    const odd = spoilt(exampleOf(service, path).input(estate), schema).filter(({ text }) => fits(schema, text))
    return fc.tuple(odd, by(house, procedure)).map(([{ text }, headers]): Case => ({
      name: `${service}.${path} ${text.slice(0, 300)}`,
      async play() {
        const { status, text: said } = await ask(house, { procedure, text, headers })
        return status < 500 ? [] : [`was answered ${status}: ${said.slice(0, 300)}`]
      },
    }))
  })
}

/** Sends a call as the protocol has it: questions in the address, when they are not too long. */
function ask({ urls }: Pick<House, 'urls'>, { procedure, text, headers }: Asked): Promise<Answer> {
  const url = `${urls[procedure.service]}/trpc/${procedure.path}`
  const query = encodeURIComponent(text)
  if (procedure.type === 'query' && query.length < longestAddress)
    return send({ url: query ? `${url}?input=${query}` : url, headers })
  return send({ url, method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: text })
}

/** The headers of somebody who may call the procedure. Several people, since each may only call so often. */
export function by({ tokenOf }: Entrance, { service, path }: Procedure): fc.Arbitrary<Record<string, string>> {
  const policies: Readonly<Record<string, Permission>> = permissions[service]
  const who = policies[path]?.who ?? 'member'
  const named = { 'x-client-address': randomUUID() }
  if (who === 'anyone') return fc.constant(named)
  const chosen = who === 'member' ? roles : who
  const standing = chosen.includes('coordinator') && chosen.length === 1 ? [people.region] : colleagues
  return fc
    .record({ person: fc.constantFrom(...standing), role: fc.constantFrom(...chosen) })
    .map(({ person, role }) => ({
      ...named,
      get authorization() {
        return `Bearer ${tokenOf({ ...person, roles: [role] }, service)}`
      },
    }))
}

const colleagues = ['handlaggare', 'enhetschef', 'skolchef', 'ordforande', 'registrator', 'administrator'].map(
  (local) => actorOf(`${local}@vasteras.example`),
)

/** Whether the schema takes what a service would read from this text. */
function fits(schema: z.ZodType, text: string): boolean {
  return schema.safeParse(text === '' ? undefined : JSON.parse(text)).success
}

type Refusal = Readonly<{
  error?: { data?: { code?: string; reason?: string; fields?: Readonly<Record<string, { code: string }>> } }
}>

/** What is wrong with how an input was refused that its schema does not take. */
function refusalFaults({ status, text }: Answer, sent: Spoilt, hasSentence: (code: string) => boolean): string[] {
  if (status !== 400) return [`was answered ${status}: ${text.slice(0, 300)}`]
  const { code, reason, fields = {} } = (JSON.parse(text) as Refusal).error?.data ?? {}
  if (code !== 'BAD_REQUEST' || reason !== 'input.invalid') return [`was refused as ${code} ${reason}`]
  const named = Object.entries(fields)
  const faults = named
    .filter(([, field]) => !hasSentence(field.code))
    .map(([, field]) => `no sentence for ${field.code}`)
  // A rule over several fields may say another of them; what zod itself says is said of what was spoilt.
  if (!named.some(([field, { code }]) => isAbout(field, sent.way) || !code.startsWith('field.')))
    faults.push(`nothing was said of ${sent.way.join('.')}, but of ${Object.keys(fields).join(' ')}`)
  if (text.includes(parrot)) faults.push('what was sent was repeated')
  return faults
}

/** Whether a field path is the place, a part of it, or what it is part of. Only the whole is spoken of as the whole. */
function isAbout(field: string, way: Way): boolean {
  if (field === '') return way.length === 0
  const [named, place] = [field.split('.'), way.map(String)]
  const shared = Math.min(named.length, place.length)
  return named.slice(0, shared).join('.') === place.slice(0, shared).join('.')
}
