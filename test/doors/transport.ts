import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { type Service, services } from '@samkraft/contracts'
import { signActorToken } from '@samkraft/http'
import fc from 'fast-check'
import { type Estate, people } from '../tenancy/estate.ts'
import { permissions } from '../tenancy/examples.ts'
import { exampleOf } from '../tenancy/probe.ts'
import { proceduresOf } from '../world/procedures.ts'
import { routers } from '../world/world.ts'
import type { House } from './house.ts'
import type { Case } from './play.ts'
import { by } from './procedures.ts'
import { send, type Sent } from './send.ts'
import { oddText, parrot } from './spoil.ts'

/** One call that is wrong before any procedure reads it, and the statuses that say so. */
type Wrong = Readonly<{ what: string; sent: Sent; expected: readonly number[] }>

const all = proceduresOf(routers)
const aMinute = 60_000
/** Stands in paths and request ids, which logs do name. */
const starling = 'staren-pa-taket'

/** Calls that are no calls: broken JSON, other methods, paths that lead nowhere, bodies too large, headers and tokens of all kinds. */
export function wrongCalls(house: House, estate: Estate): fc.Arbitrary<Case> {
  return fc
    .oneof(
      broken(house, estate),
      otherMethod(house, estate),
      nowhere(house),
      large(house),
      unknownCaller(house, estate),
    )
    .map(({ what, sent, expected }): Case => ({
      name: `${what} ${sent.method ?? 'GET'} ${sent.url} ${String(sent.body ?? '').slice(0, 200)}`,
      async play() {
        const { status, text } = await send(sent)
        const faults = expected.includes(status) ? [] : [`was answered ${status}: ${text.slice(0, 300)}`]
        return text.includes(parrot) ? [...faults, 'what was sent was repeated'] : faults
      },
    }))
}

/** A procedure with somebody who may call it, its example as JSON. */
function called(house: House, estate: Estate, among: typeof all) {
  return fc.constantFrom(...among).chain((procedure) => {
    const { service, path } = procedure
    const example = JSON.stringify(exampleOf(service, path).input(estate))
    return by(house, procedure).map((headers) => ({
      procedure,
      headers,
      example,
      url: `${house.urls[service]}/trpc/${path}`,
    }))
  })
}

const contentTypes = [
  'application/json',
  'text/plain',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  'application/xml',
  parrot,
  '',
]

function broken(house: House, estate: Estate): fc.Arbitrary<Wrong> {
  const commands = all.filter(({ type }) => type === 'mutation')
  const body = (example: string) =>
    fc.oneof(
      fc.nat(example.length - 2).map((cut) => example.slice(0, cut + 1)),
      fc.constantFrom(
        '',
        '{',
        '{]',
        `{"a":NaN}`,
        `{"a":Infinity}`,
        `{'a':1}`,
        `<${parrot}/>`,
        'a=1&b=2',
        '\0',
        '\ufeff{}',
        `--x\r\n\r\n${parrot}`,
      ),
      fc.uint8Array({ minLength: 1, maxLength: 60 }).map((bytes) => Buffer.from([0xff, ...bytes])),
      // Batches are not spoken here: the call is then one whose input lies a step too deep.
      fc.constantFrom(`{"0":${example}}`, `[${example}]`, `{"json":${example}}`),
    )
  return called(house, estate, commands).chain(({ url, headers, example }) =>
    fc
      .record({
        body: body(example),
        type: fc.constantFrom(...contentTypes),
        query: fc.constantFrom('', '?batch=1', '?input=', '?batch=1&input=%7B%7D'),
      })
      .map(({ body, type, query }): Wrong => ({
        what: 'broken',
        sent: { url: url + query, method: 'POST', headers: { ...headers, 'content-type': type }, body },
        expected: [400],
      })),
  )
}

/** Commands by methods that carry none. What is sent would be carried out if it came by the right one. */
function otherMethod(house: House, estate: Estate): fc.Arbitrary<Wrong> {
  const commands = all.filter(({ type }) => type === 'mutation')
  const methods = fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND')
  return fc.tuple(called(house, estate, commands), methods).map(([{ url, headers, example }, method]): Wrong => {
    const asks = method === 'GET' ? { url: `${url}?input=${encodeURIComponent(example)}` } : { url, body: example }
    return { what: 'other method', sent: { ...asks, method, headers }, expected: [404, 405] }
  })
}

const paths = [
  'offer',
  'offer.',
  '.offer.list',
  'offer.list,offer.count',
  'offer.list.list',
  'toString',
  '__proto__',
  'constructor.name',
  'offer/list',
  '%',
  '%00',
  '%ff',
  '..%2f..%2fetc%2fpasswd',
  starling,
  '',
]
const roots = ['/trpc/', '/', '/live/', '/health/', '//trpc/', '/trpc//', '/TRPC/']

function nowhere({ urls, tokenOf }: House): fc.Arbitrary<Wrong> {
  return fc
    .record({
      service: fc.constantFrom(...services),
      root: fc.constantFrom(...roots),
      path: fc.oneof(
        fc.constantFrom(...paths),
        oddText
          .filter((text) => !text.includes(parrot))
          .map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 2_000)),
      ),
      method: fc.constantFrom('GET', 'POST'),
      query: fc.constantFrom('', '?input=%7B', '?input=1', '?input=%00', '?batch=1&input=%7B%220%22%3A%7B%7D%7D'),
    })
    .map(({ service, root, path, method, query }): Wrong => ({
      what: 'nowhere',
      sent: {
        url: urls[service] + root + path + query,
        method,
        headers: { authorization: `Bearer ${tokenOf({ ...people.owner, roles: ['officer'] }, service)}` },
        ...(method === 'POST' && { body: '{}' }),
      },
      expected: [400, 404, 405],
    }))
}

/** Nothing of this size is read to its end. */
function large(house: House): fc.Arbitrary<Wrong> {
  const body = JSON.stringify({ details: { description: 'a'.repeat(300 * 1_024) } })
  return fc.record({ service: fc.constantFrom(...services), chunks: fc.boolean() }).map(({ service }): Wrong => ({
    what: 'large',
    sent: {
      url: `${house.urls[service]}/trpc/offer.publish`,
      method: 'POST',
      headers: { 'x-client-address': randomUUID() },
      body,
    },
    expected: [413],
  }))
}

const strangeHeaders = {
  'x-request-id': ['', starling, 'a'.repeat(2_000), '; rm -rf', '{}'],
  'x-client-address': ['', parrot, '::1, 10.0.0.1', 'a'.repeat(2_000)],
  'accept-encoding': ['br;q=nine', parrot],
  'content-type': contentTypes,
  'trpc-accept': ['application/jsonl', parrot],
  cookie: [`samkraft=${parrot}`, '=;=;='],
} as const

/** Calls that would be carried out if they came from somebody: with every sort of token that is none. */
function unknownCaller(house: House, estate: Estate): fc.Arbitrary<Wrong> {
  const closed = all.filter(({ service, path }) => {
    const policies: Readonly<Record<string, { who: unknown }>> = permissions[service]
    return policies[path]?.who !== 'anyone'
  })
  const strange = fc.record(
    Object.fromEntries(Object.entries(strangeHeaders).map(([name, values]) => [name, fc.constantFrom(...values)])),
    { requiredKeys: [] },
  )
  return called(house, estate, closed).chain(({ procedure, url, example }) =>
    fc.tuple(fc.constantFrom(...noTokens(house, procedure.service)), strange).map(([authorization, headers]): Wrong => {
      const asks =
        procedure.type === 'query'
          ? { url: `${url}?input=${encodeURIComponent(example)}` }
          : { url, method: 'POST', body: example }
      return {
        what: `caller ${authorization.slice(0, 12)}`,
        // The address is there at least once, so that those who are nobody are not all counted as one.
        sent: { ...asks, headers: { 'x-client-address': randomUUID(), ...headers, authorization } },
        expected: [401],
      }
    }),
  )
}

function noTokens({ tokenOf, signingKey }: House, service: Service): string[] {
  const actor = { ...people.owner, roles: ['officer', 'decider', 'administrator'] as const }
  const good = tokenOf(actor, service)
  const [head = '', body = '', signature = ''] = good.split('.')
  const other = services.find((name) => name !== service) ?? service
  const own = generateKeyPairSync('ed25519').privateKey
  const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  const claims = { ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), roles: ['coordinator'] }
  const raised = Buffer.from(JSON.stringify(claims)).toString('base64url')
  const wrong = [
    signActorToken(signingKey, actor, service, Date.now() - 3 * aMinute),
    signActorToken(signingKey, actor, service, Date.now() + 3 * aMinute),
    signActorToken(own, actor, service, Date.now()),
    tokenOf(actor, other),
    `${head}.${raised}.${signature}`,
    `${unsigned}.${body}.`,
    `${head}.${body}`,
    `${good}.${signature}`,
    `${head}.${body}.${signature.slice(1)}`,
    '..',
    'null',
    parrot,
    'a'.repeat(4_000),
  ].map((token) => `Bearer ${token}`)
  return [...wrong, good, `bearer ${good}`, `Basic ${good}`, `Bearer  ${good}`, 'Bearer', '', 'Basic Og==']
}
