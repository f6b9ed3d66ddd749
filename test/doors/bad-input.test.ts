import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { queueCounts, jobBackend } from '@samkraft/jobs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../infra/local/places.ts'
import { demoPassword } from '../../services/identity/src/domain/demo-accounts.ts'
import { type Estate, makeEstate, people } from '../tenancy/estate.ts'
import { fullOffer } from '../world/market.ts'
import { key } from '../booking/market.ts'
import { replay } from '../world/replay.ts'
import { type Traces, writtenBetween } from '../world/traces.ts'
import { type House, openHouse } from './house.ts'
import { sentEvents, unreadableJobs } from './jobs.ts'
import {
  namesOfWeb,
  oddVisits,
  realPath,
  routesOfWeb,
  typedPassword,
  unfitForms,
  type Visitor,
  visitorsOf,
} from './pages.ts'
import { playAll } from './play.ts'
import { oddCommands, strayInputs, unfitInputs } from './procedures.ts'
import { send } from './send.ts'
import { unfitSettings } from './settings.ts'
import { parrot } from './spoil.ts'
import { wrongCalls } from './transport.ts'

/** How many malformed inputs each kind of door gets. */
const share = { procedures: 7_600, calls: 800, visits: 400, forms: 600, jobs: 300, settings: 300 } as const
const again = `SEED=${replay.seed}`

/** What is written while nothing is changed, and why. */
const mayBeWritten = [
  'identity.sign_in_attempt', // guesses are counted, that is what it is for
  'identity.session', // when each was last used
]

let house: House
let estate: Estate
let visitors: Visitor[]
let before: Traces

beforeAll(async () => {
  house = await openHouse()
  estate = await makeEstate(house)
  visitors = await visitorsOf(house)
  // Whoever looks at matches has seen them, once.
  for (const { cookie } of visitors)
    for (const path of ['/behov/[id]', '/utbud/[id]'])
      await send({ url: house.urls.web + realPath({ path }, estate), headers: { cookie, accept: 'text/html' } })
  before = await house.traces()
})
afterAll(() => house[Symbol.asyncDispose]())

async function expectNothingChanged(): Promise<void> {
  expect(writtenBetween(before, await house.traces(), mayBeWritten)).toEqual([])
}

test('ten thousand in all', () => {
  expect(Object.values(share).reduce((sum: number, count) => sum + count, 0)).toBe(10_000)
})

test(`no procedure fails on what does not fit, and each says which field and why (${again})`, async () => {
  expect(await playAll(unfitInputs(house, estate, await sentences()), share.procedures)).toEqual([])
  await expectNothingChanged()
})

test(`what fits and leads nowhere changes nothing (${again})`, async () => {
  expect(await playAll(strayInputs(house, estate), 600)).toEqual([])
  await expectNothingChanged()
})

test(`what is no call is refused before any procedure (${again})`, async () => {
  expect(await playAll(wrongCalls(house, estate), share.calls)).toEqual([])
  await expectNothingChanged()
})

test(`every page and every form of the web stands whatever it is sent (${again})`, async () => {
  const web = { house, estate, visitors, routes: await routesOfWeb(), names: await namesOfWeb() }
  expect(await playAll(oddVisits(web), share.visits)).toEqual([])
  expect(await playAll(unfitForms(web), share.forms)).toEqual([])
  await expectNothingChanged()
})

test(`a job that cannot be read is given up on, and others go on (${again})`, async () => {
  await using queues = jobBackend(house.jobsUrl)
  const listeners = ['marketplace', 'matching', 'arrangements'] as const
  expect(await playAll(unreadableJobs(queues, await sentEvents(house)), share.jobs)).toEqual([])
  const dead = async () =>
    Object.values(await queueCounts(queues, listeners)).reduce((sum, counts) => sum + counts.dead, 0)
  await expect.poll(dead, { timeout: 60_000, interval: 100 }).toBe(share.jobs)
  await expectNothingChanged()

  await house.as({ ...people.owner, roles: ['officer'] }).marketplace.offer.publish({ ...key(), details: fullOffer })
  before = await house.traces()
})

test(`no service starts with settings that do not fit, and each is named (${again})`, async () => {
  expect(await playAll(unfitSettings(), share.settings)).toEqual([])
})

test(`what is odd and fits is carried out or refused, never failed on (${again})`, async () => {
  expect(await playAll(oddCommands(house, estate), 600)).toEqual([])
})

test('nothing of it all was an error, and no log holds what was sent or what is secret', async () => {
  const lines = (await house.logs()).split('\n')
  const errors = lines.filter((line) => /"level":"(error|fatal)"/.test(line) && !line.includes('"alert":true'))
  expect(errors).toEqual([])
  const sessions = visitors.map(({ cookie }) => cookie.slice(cookie.indexOf('=') + 1))
  const sent = [parrot, typedPassword, demoPassword, 'en lång och egen fras', 'not a password']
  const hidden = [...sent, ...house.secrets, ...house.tokens(), ...sessions]
  expect(lines.filter((line) => hidden.some((words) => line.includes(words)))).toEqual([])
})

/** Whether the web has a sentence for a code in both languages. What zod itself says, it puts into words by kind. */
async function sentences(): Promise<(code: string) => boolean> {
  const languages = await Promise.all(['sv', 'en'].map(keysOf))
  return (code) =>
    code.startsWith('field.') || languages.every((keys) => keys.has(`error_${code.replaceAll('.', '_')}`))
}

async function keysOf(language: string): Promise<Set<string>> {
  const files = await Array.fromAsync(glob(`web/messages/${language}/*.json`, { cwd: root }))
  const read = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))
  return new Set(read.flatMap((text) => Object.keys(JSON.parse(text) as object)))
}
