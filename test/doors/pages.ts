import { randomUUID } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { root } from '../../infra/local/places.ts'
import { demoPassword } from '../../services/identity/src/domain/demo-accounts.ts'
import { type Estate, people } from '../tenancy/estate.ts'
import type { House } from './house.ts'
import type { Case } from './play.ts'
import { type Answer, send, type Sent } from './send.ts'
import { oddText } from './spoil.ts'

/** Everything the built web answers at: `/utbud/[id]` with the actions its forms are sent to. */
type Route = Readonly<{ id: string; path: string; actions: readonly string[]; methods: readonly string[] }>

type Built = Readonly<{
  manifest: Readonly<{
    routes: readonly Readonly<{
      id: string
      page: { leaf: number } | null
      endpoint: (() => Promise<object>) | null
    }>[]
    nodes: readonly (() => Promise<{ server?: { actions?: object } }>)[]
  }>
}>

/** The routes and actions as the web that runs knows them: a new one is there by itself. */
export async function routesOfWeb(): Promise<Route[]> {
  const built = pathToFileURL(join(root, 'web/build/server/manifest.js')).href
  const { manifest } = (await import(/* @vite-ignore */ built)) as Built
  return Promise.all(
    manifest.routes.map(async ({ id, page, endpoint }) => ({
      id,
      path: id.replaceAll(/\/\([^)]+\)/g, '') || '/',
      actions: Object.keys((page && (await manifest.nodes[page.leaf]?.())?.server?.actions) ?? {}),
      methods: Object.keys((await endpoint?.()) ?? {}),
    })),
  )
}

/** A field that makes a form unfit whatever else it says, where that is not the version its author saw. None: a form that asks for nothing. */
const vital: Readonly<Record<string, Readonly<Record<string, readonly string[]>> | null>> = {
  '/behov/nytt save': { level: ['nybörjare', '1'] },
  '/utbud/nytt save': { level: ['nybörjare', '1'] },
  '/behov/[id] copy': null,
  '/utbud/[id] copy': null,
  '/logga-ut default': null,
  '/logga-in default': { email: ['', 'skolchef', '@', 'a b@c.example', '\0'] },
  '/inbjudan/[secret] default': { password: ['', 'kort'] },
  '/konto switch': { organisationId: ['', 'Norberg', '1962', randomUUID()] },
  '/konto/losenord default': { newPassword: ['', 'kort', 'a'.repeat(201)] },
  '/organisation withdraw': { invitationId: ['', 'alla', randomUUID()] },
  '/organisation/personer/[id] password': null,
  '/organisation/bjud-in default': { roles: ['', 'kung', 'administrator '] },
  '/samarbeten/nytt default': { rationale: ['', ' ', '\0', 'a'.repeat(2_001)] },
  '/samarbeten/[id] diary': { diaryNumber: ['a'.repeat(61), 'a\u0007b'] },
  '/samarbeten/[id] followUp': { date: ['igår', '2027-02-30', '12/13/2027', '0000-00-00'] },
  '/samordning followUp': { arrangementId: ['', 'alla', randomUUID()], date: ['igår'] },
}
const versions = ['', '0', '-1', '1,5', 'ett', '1e400', 'NaN', '9'.repeat(40), '987654', '\0', '٣', '1 2']

/** The field and the values that make a form of this action unfit; throws for a new action that nobody has thought of. */
function vitalOf({ path }: Route, action: string): Readonly<Record<string, readonly string[]>> | null {
  const known = vital[`${path} ${action}`]
  return known === undefined ? { version: versions } : known
}

export type Visitor = Readonly<{ name: string; cookie: string }>

/** Signs in as those who together may open every page. */
export async function visitorsOf({ urls }: House): Promise<Visitor[]> {
  const local = [
    'handlaggare@vasteras',
    'skolchef@vasteras',
    'administrator@vasteras',
    'registrator@vasteras',
    'samordnare@regionvastmanland',
  ]
  return Promise.all(
    local.map(async (name) => {
      const body = new URLSearchParams({ email: `${name}.example`, password: demoPassword }).toString()
      const response = await fetch(`${urls.web}/logga-in`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: urls.web, accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
        body,
      })
      const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';')
      if (response.status !== 303 || !cookie) throw new Error(`${name} could not sign in: ${response.status}`)
      return { name, cookie }
    }),
  )
}

/** What stands in the addresses of pages that are there, and in no other page's. */
export function realPath({ path }: Pick<Route, 'path'>, estate: Estate): string {
  const ids: Readonly<Record<string, string>> = {
    '/behov/nytt/': estate.requestDraft.id,
    '/utbud/nytt/': estate.offerDraft.id,
    '/behov/': estate.request.id,
    '/utbud/': estate.offer.id,
    '/samarbeten/': estate.arrangement.arrangementId,
    '/organisation/personer/': estate.colleagueId,
    '/organisation/': people.counterpart.organisationId,
  }
  const id = Object.entries(ids).find(([prefix]) => path.startsWith(prefix))?.[1] ?? randomUUID()
  return path
    .replace('[id]', id)
    .replace('[step]', 'omfattning')
    .replace('[move]', 'motforslag')
    .replace('[secret]', 'a'.repeat(43))
}

/** The names of the web's fields and of what its addresses ask for, read from its sources. */
export async function namesOfWeb(): Promise<{ fields: string[]; queries: string[] }> {
  const files = await Array.fromAsync(glob('web/src/**/*.{svelte,ts}', { cwd: root }))
  const sources = (await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))).join('\n')
  const found = (pattern: RegExp) => [...new Set([...sources.matchAll(pattern)].map(([, name = '']) => name))].sort()
  return {
    fields: found(/\bname="([\w.-]+)"/g),
    queries: found(/\b(?:get|getAll|has)\('([\w.-]+)'\)/g),
  }
}

type Web = Readonly<{
  house: House
  estate: Estate
  routes: readonly Route[]
  visitors: readonly Visitor[]
  names: { fields: readonly string[]; queries: readonly string[] }
}>

const nobody: Visitor = { name: 'nobody', cookie: '' }
const oddCookies = [
  '=',
  'samkraft=',
  'samkraft=%00',
  `samkraft=${'a'.repeat(3_000)}`,
  'samkraft=papegoja',
  'samkraft-lang=klingon; samkraft-lang=en',
  ';;;',
  '__proto__=1',
  `x=${'a'.repeat(20_000)}`,
]

/** An address: of the page that is there, or with something else in the place of what it names. */
function address({ house, estate, names }: Web, route: Route, isReal: boolean): fc.Arbitrary<string> {
  const other = fc
    .oneof(oddText, fc.uuid())
    .map((text) => encodeURIComponent(text.toWellFormed()).slice(0, 500) || '%20')
  const parts = isReal
    ? fc.constant(realPath(route, estate))
    : fc.array(other, { minLength: 3, maxLength: 3 }).map((odd) => {
        const next = odd.values()
        return route.path.replaceAll(/\[\w+\]/g, () => next.next().value ?? '')
      })
  const query = fc.array(fc.tuple(fc.constantFrom(...names.queries, 'lang', '/', ''), fc.oneof(oddText, fc.uuid())), {
    maxLength: 4,
  })
  return fc
    .tuple(parts, query, fc.constantFrom('', '', '', '&%', '&=&&', '&x[]=1', '&%ff=%00'))
    .map(([path, pairs, tail]) => {
      const asked = pairs
        .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed()).slice(0, 500)}`)
        .join('&')
      return `${house.urls.web}${path}${asked + tail ? `?${asked}${tail}` : ''}`
    })
}

/** Reading any page with any address and any cookie. */
export function oddVisits(web: Web): fc.Arbitrary<Case> {
  const cookies = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...web.visitors) },
    { weight: 1, arbitrary: fc.constantFrom(...oddCookies).map((cookie) => ({ name: 'odd', cookie })) },
  )
  return fc.tuple(fc.constantFrom(...web.routes), fc.boolean(), cookies).chain(([route, isReal, { name, cookie }]) =>
    address(web, route, isReal).map((url): Case => {
      const sent: Sent = { url, headers: { cookie, accept: 'text/html' } }
      return { name: `${name} GET ${url} ${cookie.slice(0, 60)}`, play: async () => faultsOf(await send(sent)) }
    }),
  )
}

/** Sending any form so that it cannot be carried out. */
export function unfitForms(web: Web): fc.Arbitrary<Case> {
  const forms = web.routes.flatMap((route) => [
    ...route.actions.map((action) => ({ route, action })),
    ...(route.methods.includes('POST') ? [{ route, action: '' }] : []),
  ])
  return fc.constantFrom(...forms).chain(({ route, action }) => {
    const wrongs = [unreadable(web), foreign(web)]
    const unfit = vitalOf(route, action)
    if (unfit) wrongs.push(unfitFields(web, unfit), unfitFields(web, unfit))
    // Signing out reads no form: only who sends it matters.
    if (route.path === '/logga-ut') wrongs.shift()
    // Who is signed in is led past the door, whatever is said there.
    const senders = route.path === '/logga-in' ? [nobody] : [...web.visitors, nobody]
    const elsewhere = /\[id\]/.test(route.path)
    return fc
      .record({ wrong: fc.oneof(...wrongs), visitor: fc.constantFrom(...senders), isReal: fc.boolean() })
      .chain(({ wrong, visitor, isReal }) =>
        address(web, route, isReal || !elsewhere).map((url): Case => {
          const target = url + (action && action !== 'default' ? `${url.includes('?') ? '&' : '?'}/${action}` : '')
          const headers = { accept: 'text/html', origin: web.house.urls.web, cookie: visitor.cookie, ...wrong.headers }
          return {
            name: `${visitor.name} POST ${target} ${String(wrong.body).slice(0, 200)}`,
            play: async () => formFaults(await send({ url: target, method: 'POST', headers, body: wrong.body })),
          }
        }),
      )
  })
}

type Wrong = Readonly<{ headers: Readonly<Record<string, string>>; body: string }>
const form = { 'content-type': 'application/x-www-form-urlencoded' }

function unreadable({ names }: Web): fc.Arbitrary<Wrong> {
  const type = fc.constantFrom(
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'multipart/form-data; boundary=',
    'application/json',
    'text/html',
    '',
  )
  const body = fc.oneof(
    fc.constantFrom(
      '',
      '--x',
      '--x\r\n',
      '--x\r\ncontent-disposition: form-data; name="version"\r\n\r\n1',
      '{}',
      '\0'.repeat(10),
      `--x\r\n${'a'.repeat(5_000)}`,
    ),
    fc
      .constantFrom(...names.fields)
      .map((name) => `--x\r\ncontent-disposition: form-data; name="${name}"; filename="a"\r\n\r\n1\r\n--x`),
  )
  return fc.record({ type, body }).map(({ type, body }) => ({ headers: { 'content-type': type }, body }))
}

/** As another site's page would send it. */
function foreign({ names }: Web): fc.Arbitrary<Wrong> {
  return fc
    .record({
      origin: fc.constantFrom('https://evil.example', 'null', 'http://127.0.0.1:1'),
      fields: fields(names.fields),
    })
    .map(({ origin, fields }) => ({ headers: { ...form, origin }, body: new URLSearchParams(fields).toString() }))
}

function unfitFields({ names }: Web, unfit: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Wrong> {
  const wrong = fc.record(
    Object.fromEntries(Object.entries(unfit).map(([name, values]) => [name, fc.constantFrom(...values)])),
  )
  return fc.tuple(fields(names.fields.filter((name) => !(name in unfit))), wrong).map(([odd, wrong]) => ({
    headers: form,
    body: new URLSearchParams([...odd, ...Object.entries(wrong), ['formKey', randomUUID()]]).toString(),
  }))
}

function fields(names: readonly string[]): fc.Arbitrary<[string, string][]> {
  const value = fc.oneof({ weight: 3, arbitrary: oddText }, { weight: 1, arbitrary: fc.uuid() })
  const named = fc.tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: oddText }),
    value,
  )
  const hidden = fc.constant<[string, string]>(['currentPassword', typedPassword])
  return fc.tuple(fc.array(named, { maxLength: 12 }), hidden).map(([odd, hidden]) => [...odd, hidden])
}

/** Sent with every form, and never to be seen again. */
export const typedPassword = 'hemlig-fras-som-ingen-ser-igen'

function faultsOf({ status, text }: Answer): string[] {
  const faults = status >= 500 ? [`was answered ${status}: ${text.slice(0, 300)}`] : []
  if (/\n {4}at |node:internal|\.[tj]s:\d+:\d+/.test(text)) faults.push('a stack was shown')
  if (text.includes(typedPassword)) faults.push('a password was shown')
  return faults
}

/** A form that cannot be carried out is refused, shown again, or its sender is sent to the door. */
function formFaults(answer: Answer): string[] {
  const faults = faultsOf(answer)
  const { status, location } = answer
  const toTheDoor = status >= 300 && status < 400 && location.startsWith('/logga-in')
  if (status >= 300 && status < 400 && !toTheDoor) faults.push(`was sent on to ${location}`)
  return faults
}
