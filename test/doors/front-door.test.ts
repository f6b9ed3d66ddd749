import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPassword, signIn } from '../../infra/local/demo/client.ts'
import { startConstellation, type Constellation } from '../../infra/local/constellation.ts'
import { temporaryHome } from '../../infra/testing/temporary-home.ts'
import { proceduresOf } from '../world/procedures.ts'
import { routers } from '../world/world.ts'
import { namesOfWeb, routesOfWeb } from './pages.ts'
import { send } from './send.ts'
import { placesIn } from './spoil.ts'

// The web before what it can be asked without a session, and before an identity that is away.

const administrator = 'administrator@norberg.example'
const form = { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }

const parts = new AsyncDisposableStack()
let home: string
let house: Constellation
let web: string
beforeAll(async () => {
  home = parts.use(await temporaryHome()).path
  const only = ['identity', 'web'] as const
  house = parts.use(await startConstellation({ dataDir: home, ports: 'random', demo: true, fsync: false, only }))
  web = house.urls.web
})
afterAll(() => parts[Symbol.asyncDispose]())

/** Sends the form for signing in, with these headers beside it. */
function enter(email: string, password: string, headers: Readonly<Record<string, string>> = {}) {
  const body = new URLSearchParams({ email, password }).toString()
  return fetch(`${web}/logga-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...form, origin: web, ...headers },
    body,
  })
}

async function sessionOf(email: string): Promise<string> {
  const [cookie = ''] = ((await enter(email, demoPassword)).headers.getSetCookie()[0] ?? '').split(';')
  return cookie
}

/** Every address of the web that is closed to those who are nobody, with something in the place of what it names. */
async function closedPaths(): Promise<string[]> {
  const routes = await routesOfWeb()
  return routes
    .filter(({ id }) => !id.startsWith('/(open)'))
    .map(({ path }) => path.replaceAll(/\[\w+\]/g, randomUUID()))
}

test('every page but the open ones leads whoever has no session to the door', async () => {
  const paths = await closedPaths()
  expect(paths.length).toBeGreaterThan(20)
  for (const cookie of ['', 'samkraft=made-up'])
    for (const path of paths)
      expect(await send({ url: web + path, headers: { cookie, accept: 'text/html' } }), path).toMatchObject({
        status: 303,
        location: expect.stringMatching(/^\/logga-in/),
      })
})

test('what a client writes of where it is, or of where it has come to, is not believed (ASVS 4.1.3)', async () => {
  const email = `${randomUUID()}@ingen.example`
  const guess = async (place: string) => {
    const names = ['x-forwarded-for', 'x-real-ip', 'x-client-address', 'x-samkraft-address']
    const elsewhere = Object.fromEntries([...names.map((name) => [name, place]), ['forwarded', `for=${place}`]])
    return (await enter(email, 'fel fras', elsewhere)).text()
  }
  for (let tries = 1; tries <= 10; tries += 1)
    expect(await guess(`203.0.113.${tries}`)).not.toContain('för många försök')
  expect(await guess('203.0.113.11')).toContain('för många försök')

  const evil = { 'x-forwarded-host': 'evil.example', 'x-samkraft-host': 'evil.example', 'x-forwarded-proto': 'https' }
  const foreign = { ...evil, 'x-samkraft-protocol': 'https', host: 'evil.example', origin: 'https://evil.example' }
  const body = new URLSearchParams({ email: administrator, password: demoPassword }).toString()
  expect(await send({ url: `${web}/logga-in`, method: 'POST', headers: { ...form, ...foreign }, body })).toMatchObject({
    status: 403,
  })
})

test('what opens a door is asked for in no address (ASVS 14.2.1)', async () => {
  const opensDoors = /secret|password|email|token/i
  const asked = proceduresOf(routers).map(({ service, path, type, input }) => ({
    ...{ name: `${service}.${path}`, type },
    fields: input ? placesIn(input as z.core.$ZodType).map((way) => way.join('.')) : [],
  }))
  const closed = asked.filter(({ fields }) => fields.some((field) => opensDoors.test(field)))
  expect(closed.map(({ name }) => name)).toContain('identity.invitation.get')
  expect(closed.filter(({ type }) => type === 'query')).toEqual([])
  expect((await namesOfWeb()).queries.filter((name) => opensDoors.test(name))).toEqual([])
})

test('while identity is away nobody is let in, whatever session they bring, and no log holds what opens a door', async () => {
  const { identity } = await signIn(house.urls, administrator)
  const person = { email: `ny.${randomUUID()}@norberg.example`, title: 'Rektor' }
  const { secret } = await identity.person.invite.mutate({ commandKey: randomUUID(), roles: ['officer'], ...person })
  const cookie = await sessionOf(administrator)
  const visit = (path: string) => send({ url: web + path, headers: { cookie, accept: 'text/html' } })
  const link = `/inbjudan/${secret}`
  expect((await visit('/organisation')).text).toContain('administrator@norberg.example')
  expect((await visit(link)).text).toContain(person.email)

  await house.stop('identity')
  for (const path of [...(await closedPaths()), link]) {
    const { status, text } = await visit(path)
    expect(status, path).toBe(503)
    expect(text).not.toContain('norberg.example')
  }
  const sent = await enter(administrator, demoPassword)
  expect([sent.status, sent.headers.getSetCookie()]).toEqual([503, []])
  await house.start('identity')
  expect((await visit('/organisation')).status).toBe(200)

  const logs = await Promise.all(['identity', 'web'].map((name) => readFile(join(home, 'logs', `${name}.log`), 'utf8')))
  const hidden = [secret, cookie.slice(cookie.indexOf('=') + 1), demoPassword, person.email, administrator]
  expect(logs.join('')).toContain('identity is away')
  expect(
    logs
      .join('')
      .split('\n')
      .filter((line) => hidden.some((words) => line.includes(words))),
  ).toEqual([])
})
