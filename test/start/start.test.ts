import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@samkraft/infra/ports'
import { temporaryHome } from '@samkraft/infra/temporary-home'
import { buildWeb } from '../../infra/local/web-build.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

const bootstrap = fileURLToPath(new URL('../../infra/local/bootstrap.mjs', import.meta.url))
const parts = ['web', 'identity', 'marketplace', 'matching', 'arrangements', 'postgres'] as const
type Part = (typeof parts)[number]

let place: Awaited<ReturnType<typeof temporaryHome>>
let home = ''
let ports: Record<Part, number>
const running: Started[] = []

beforeAll(async () => {
  // Known to take its time; what is tested is everything after it.
  await buildWeb(() => undefined)
  place = await temporaryHome()
  home = join(place.path, 'home')
  const free = await Promise.all(parts.map(async (part) => [part, await freePort()] as const))
  ports = Object.fromEntries(free) as Record<Part, number>
})

afterEach(async () => {
  for (const started of running.splice(0)) await started.end('SIGTERM')
})

afterAll(() => place[Symbol.asyncDispose]())

type Started = { child: ChildProcess; said: () => string; end: (signal: NodeJS.Signals) => Promise<number | null> }

/** What a person types, in a directory and on ports of its own. */
function run(command: string, env: Readonly<Record<string, string>> = {}): Started {
  const chosen = Object.fromEntries(parts.map((part) => [`PORT_${part.toUpperCase()}`, String(ports[part])]))
  const child = spawn(process.execPath, [bootstrap, ...command.split(' ')], {
    env: { ...process.env, ...chosen, SAMKRAFT_HOME: home, SAMKRAFT_DEMO: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    const [code] = (await ended) as [number | null]
    return code
  }
  return { child, said: () => output, end }
}

async function start(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const started = run('start', env)
  running.push(started)
  await expect.poll(started.said, { timeout: 90_000 }).toMatch(/Samkraft is running|\n\n/)
  expect(started.said()).toContain(`Samkraft is running: http://${env.HOST ?? '127.0.0.1'}:${ports.web}`)
  return started
}

/** To the end: what it said and its exit code. */
async function ask(command: string, env: Readonly<Record<string, string>> = {}) {
  const started = run(command, env)
  const [code] = (await once(started.child, 'close')) as [number | null]
  return { said: started.said(), code }
}

/** Every process that has to do with our directory or one of our ports. */
async function processes(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => Number(name) > 0)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const about = ['environ', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => ''))
      const text = (await Promise.all(about)).join('\0')
      return text.includes(home) && Number(pid) !== process.pid ? pid : undefined
    }),
  )
  return found.filter((pid) => pid !== undefined)
}

async function status(part: Part): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${ports[part]}/health/ready`).catch(() => undefined)
  return answer?.status ?? 0
}

test('one command brings everything up, another is refused, and a signal takes everything down', async () => {
  const started = await start()
  for (const part of parts.filter((name) => name !== 'postgres')) expect(await status(part), part).toBe(200)
  expect(await ask('start')).toMatchObject({
    code: 1,
    said: expect.stringContaining('Samkraft is already running here'),
  })
  expect(await started.end('SIGTERM')).toBe(0)
  expect(await processes()).toEqual([])
})

test('the web may listen at one address of the machine only', async () => {
  await start({ HOST: '127.0.0.2' })
  expect((await fetch(`http://127.0.0.2:${ports.web}/health/ready`)).status).toBe(200)
  expect(await status('web')).toBe(0)
})

test('the operator lets in the first administrator of an organisation by a link to the pages', async () => {
  const started = await start()
  const { said, code } = await ask('people invite Norberg it@norberg.example')
  expect(code, said).toBe(0)
  const link = said.trim().split('\n').at(-1) ?? ''
  expect(link).toContain(`http://127.0.0.1:${ports.web}/inbjudan/`)
  expect(await (await fetch(link)).text()).toContain('it@norberg.example')
  expect(await ask('people new-password Norberg it@norberg.example')).toMatchObject({
    code: 1,
    said: expect.stringContaining('No member of the organisation has this address'),
  })
  await started.end('SIGTERM')
  for (const tool of ['people invite Norberg it@norberg.example', 'jobs list']) {
    expect(await ask(tool)).toMatchObject({ code: 1, said: expect.stringContaining('Samkraft is not running here') })
  }
})

test('the operator’s tools know where the instance that runs listens, and what address people type', async () => {
  const started = run('start', { ORIGIN: 'https://samkraft.example' })
  running.push(started)
  await expect.poll(started.said, { timeout: 90_000 }).toContain('Samkraft is running: https://samkraft.example')
  const { said, code } = await ask('people invite Sala it@sala.example', { PORT_POSTGRES: '1', PORT_WEB: '2' })
  expect(code, said).toBe(0)
  expect(said).toContain('https://samkraft.example/inbjudan/')
})

test('a killed database is started again, and the services find it by themselves', async () => {
  const started = await start()
  const postmaster = Number.parseInt(await readFile(join(home, 'postgres/data/postmaster.pid'), 'utf8'), 10)
  process.kill(postmaster, 'SIGKILL')
  await expect.poll(() => started.said()).toContain('postgres stopped (code 137); starting it again')
  for (const part of ['identity', 'marketplace', 'matching', 'arrangements'] as const) {
    await expect.poll(() => status(part), { timeout: 30_000 }).toBe(200)
  }
})

test('nothing is left behind when the supervisor is killed, and the next start goes on from there', async () => {
  const started = await start()
  const { pid } = JSON.parse(await readFile(join(home, 'instance.json'), 'utf8')) as { pid: number }
  process.kill(pid, 'SIGKILL')
  await expect.poll(processes, { timeout: 20_000 }).toEqual([])
  await started.end('SIGTERM')
  await start()
})

test('of two that start at the same moment one comes up, with the passwords that its database knows', async () => {
  await ask('reset')
  const both = [run('start'), run('start')]
  running.push(...both)
  await expect
    .poll(() => both.map(({ said }) => said()).join(), { timeout: 90_000 })
    .toMatch(/running: http[^]*already running|already running[^]*running: http/)
  for (const started of both) await started.end('SIGTERM')
  await start()
})

test('data whose passwords are gone is refused in words, also when it is tried again', async () => {
  const started = await start()
  await started.end('SIGTERM')
  await rm(join(home, 'secrets.json'))
  const refused = { code: 1, said: expect.stringContaining('The passwords of the database') }
  expect(await ask('people invite Norberg it@norberg.example')).toMatchObject({
    code: 1,
    said: expect.stringContaining('Nothing has been started from here'),
  })
  expect(await ask('start')).toMatchObject(refused)
  expect(await ask('start')).toMatchObject(refused)
  await ask('reset')
})

test('a port that is taken is named, with the setting that changes it', async () => {
  const other = createServer().listen(ports.matching, '127.0.0.1')
  await once(other, 'listening')
  const { said, code } = await ask('start')
  other.close()
  expect(code).toBe(1)
  expect(said).toContain(`Port ${ports.matching} (matching) is taken by another program`)
  expect(said).toContain('PORT_MATCHING=')
  expect(await processes()).toEqual([])
})

test('a setting that does not fit is named', async () => {
  expect(await ask('start', { PORT_WEB: 'http' })).toMatchObject({
    code: 1,
    said: expect.stringContaining('PORT_WEB is "http"; it must be a whole number from 1 to 65535'),
  })
  expect(await ask('start', { HOST: '203.0.113.1' })).toMatchObject({
    code: 1,
    said: expect.stringContaining('HOST is "203.0.113.1", which is no address of this machine'),
  })
})

test('what was started for real is never opened to the accounts of the demonstration', async () => {
  await (await start()).end('SIGTERM')
  expect(await ask('start', { SAMKRAFT_DEMO: '1' })).toMatchObject({
    code: 1,
    said: expect.stringContaining('SAMKRAFT_DEMO=0 npm start'),
  })
})

test('a start for real that came to nothing leaves the demonstration open', async () => {
  const other = createServer().listen(ports.matching, '127.0.0.1')
  await once(other, 'listening')
  const undecided = { SAMKRAFT_HOME: join(place.path, 'undecided') }
  const forReal = await ask('start', { ...undecided, SAMKRAFT_DEMO: '0' })
  const forShow = await ask('start', { ...undecided, SAMKRAFT_DEMO: '1' })
  other.close()
  expect(forReal.said).toContain('is taken by another program')
  expect(forShow.said).toContain('is taken by another program')
})

test('the web is told in which header a proxy writes where a browser is', async () => {
  expect(await ask('start', { ADDRESS_HEADER: 'x y' })).toMatchObject({
    code: 1,
    said: expect.stringContaining('web is not configured: ADDRESS_HEADER'),
  })
})

test('dependencies whose installing was cut off are not taken for those that were there before it', async () => {
  await using other = await temporaryHome()
  const at = (path: string) => join(other.path, path)
  await mkdir(at('infra/local'), { recursive: true })
  await mkdir(at('node_modules/node/bin'), { recursive: true })
  await cp(bootstrap, at('infra/local/bootstrap.mjs'))
  await writeFile(at('package.json'), '{"packageManager":"pnpm@12.21.0"}')
  await writeFile(at('infra/local/reset.ts'), `console.log('it ran')`)
  await symlink(process.execPath, at('node_modules/node/bin/node'))
  const reset = async (lockfile: string, npx: string) => {
    await writeFile(at('pnpm-lock.yaml'), lockfile)
    await writeFile(at('npx'), `#!/bin/sh\n${npx}\n`, { mode: 0o755 })
    const env = { ...process.env, PATH: `${other.path}:${process.env.PATH}` }
    const child = spawn(process.execPath, [at('infra/local/bootstrap.mjs'), 'reset'], { env })
    let said = ''
    child.stdout.on('data', (chunk) => (said += String(chunk)))
    await once(child, 'close')
    return said
  }
  expect(await reset('one', 'exit 0')).toContain('it ran')
  expect(await reset('one', 'exit 1')).toBe('it ran\n')
  expect(await reset('another', 'exit 1')).not.toContain('it ran')
  expect(await reset('one', 'exit 1')).not.toContain('it ran')
  expect(await reset('one', 'exit 0')).toContain('it ran')
})

test('reset stops what runs and removes what it kept', async () => {
  const started = await start()
  const { said, code } = await ask('reset')
  expect(code, said).toBe(0)
  expect(said).toContain('Stopped the running Samkraft')
  await started.end('SIGTERM')
  await expect(access(join(home, 'secrets.json'))).rejects.toThrow('ENOENT')
  expect(await processes()).toEqual([])
})
