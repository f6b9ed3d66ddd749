import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrateApart } from './migrate-apart.ts'
import { type Home, marketMarkIn, openHome } from './home.ts'
import { showErrors } from './log-file.ts'
import { type CleanUps, type Databases, type Platform, startPlatform } from './platform.ts'
import { unsafeSettings } from './postgres.ts'
import { freePort } from './ports.ts'
import { logOf, planProcess, urlOf } from './processes.ts'
import { Refusal } from './refusal.ts'
import { defaultPorts, type Ports, processes, type ProcessName, type Service } from './services.ts'
import { supervise, type Supervised, type Tell } from './supervisor.ts'
import { buildWeb } from './web-build.ts'

export type ConstellationOptions = {
  /** Where everything is kept; made if it is not there. Two constellations never share one. */
  readonly dataDir: string
  /** `random`: free ports, for tests that run beside each other. `defaultPorts` unless told. */
  readonly ports?: Ports | 'random'
  /** The demo accounts may sign in. */
  readonly demo: boolean
  /** The demo market is laid out, the first time; needs the demo accounts and all services. */
  readonly market?: boolean
  /** Which processes run; all unless told. */
  readonly only?: readonly ProcessName[]
  /** Added to the environment of every process. */
  readonly env?: Readonly<Record<string, string>>
  /** Added to the environment of one process. */
  readonly envOf?: Readonly<Partial<Record<ProcessName, Readonly<Record<string, string>>>>>
  /** `redis://…` moves the queues there; they are in the embedded Postgres unless told. */
  readonly jobsUrl?: string
  /** Off is for tests: a power cut may then lose what was acknowledged. A killed process never does. */
  readonly fsync?: boolean
  /** Lets `failAt` kill a service at a named point. */
  readonly failpoints?: boolean
  /** Gives up starting when it aborts. What has started by then is stopped before the promise rejects. */
  readonly signal?: AbortSignal
  readonly tell?: Tell
}

export type Constellation = AsyncDisposable & {
  readonly urls: Readonly<Record<ProcessName, string>>
  readonly databases: Databases['databases']
  readonly jobsUrl: string
  /** Superuser URL of the embedded Postgres (database `postgres`); absent when all databases are managed elsewhere. */
  readonly adminUrl: string | undefined
  readonly pid: (name: ProcessName | 'postgres') => Promise<number | undefined>
  /** Sends the signal; what dies of it is started again. For `postgres` it goes to the postmaster. */
  readonly kill: (name: ProcessName | 'postgres', signal?: NodeJS.Signals) => Promise<void>
  /** Resolves when the process says that it is ready. */
  readonly ready: (name: ProcessName | 'postgres') => Promise<void>
  readonly stop: (name: ProcessName | 'postgres') => Promise<void>
  /** Starts what `stop` stopped, and resolves when it is ready. */
  readonly start: (name: ProcessName | 'postgres') => Promise<void>
  /** The next time the service passes the named point, it dies there. Needs `failpoints`. */
  readonly failAt: (name: Service, point: string) => Promise<void>
  /** Whether the service has yet to pass the point that `failAt` named last. */
  readonly isArmed: (name: Service) => boolean
}

/**
 * The whole system on this machine: databases, migrations, one process per service, the web. `npm start` uses it, and
 * so do the tests that need all of it. Disposing stops everything, the database last.
 */
export async function startConstellation(options: ConstellationOptions): Promise<Constellation> {
  const cleanUps: CleanUps = []
  const stopAll = async () => {
    for (let next = cleanUps.pop(); next; next = cleanUps.pop()) await next()
  }
  try {
    return await unlessAborted(bringUp(options, cleanUps, stopAll), options.signal)
  } catch (error) {
    await stopAll()
    throw error
  }
}

async function bringUp(options: ConstellationOptions, cleanUps: CleanUps, stopAll: () => Promise<void>) {
  const { tell = () => undefined, only = processes, jobsUrl } = options
  const home = await openHome(options.dataDir)
  const ports = options.ports === 'random' ? await randomPorts() : (options.ports ?? defaultPorts)
  const building = only.includes('web') ? buildWeb(tell, options.signal) : Promise.resolve()
  building.catch(() => undefined)
  const platform = await startPlatform({
    home,
    port: ports.postgres,
    env: jobsUrl ? { ...process.env, JOBS_URL: jobsUrl } : process.env,
    settings: options.fsync === false ? unsafeSettings : {},
    tell,
    cleanUps,
  })
  await migrateApart(platform)
  await building
  options.signal?.throwIfAborted()
  const running = await startProcesses(only, { ...options, home, platform, ports, tell, cleanUps })
  if (options.market) await layMarket(home, ports, tell)
  return constellation({ home, platform, ports, running, stopAll })
}

async function unlessAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (!signal) return work
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = () => reject(new Refusal('Stopped before it had started.'))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
    work.catch(() => undefined)
  }
}

type Starting = Omit<ConstellationOptions, 'ports'> & {
  home: Home
  platform: Platform
  ports: Ports
  tell: Tell
  cleanUps: CleanUps
}

/** All at once: none needs another to start, and each is ready when what it needs itself is there. */
async function startProcesses(only: readonly ProcessName[], { cleanUps, tell, ...starting }: Starting) {
  const { home, env, envOf, failpoints } = starting
  if (failpoints) await mkdir(join(home.path, 'failpoints'), { recursive: true })
  const showing = await Promise.all(only.map((name) => showErrors(name, logOf(home, name), tell)))
  cleanUps.push(() => Promise.all(showing.map((stop) => stop())))
  const supervised = only.map((name): [ProcessName, Supervised] => {
    const failpointFile = failpoints ? { FAILPOINT_FILE: failpointOf(home, name) } : {}
    const plan = planProcess({ ...starting, name, env: { ...failpointFile, ...env, ...envOf?.[name] } })
    // What is killed on purpose is not ill, and need not wait longer each time.
    return [name, supervise(failpoints ? { ...plan, wellAfterMs: 0 } : plan, tell)]
  })
  const running = new Map(supervised)
  cleanUps.push(() => stopProcesses(running))
  await Promise.all([...running.values()].map((process) => process.ready()))
  return running
}

/** Once: what people have changed since then stays changed. Half a market is completed at the next start. */
async function layMarket(home: Home, ports: Ports, tell: Tell): Promise<void> {
  const mark = marketMarkIn(home.path)
  if (existsSync(mark)) return
  const { seedDemo } = await import('./demo/index.ts')
  await seedDemo(urlsOf(ports), tell)
  await writeFile(mark, '')
}

/** The web first, so that nobody is let in to services that are leaving. */
async function stopProcesses(running: ReadonlyMap<ProcessName, Supervised>): Promise<void> {
  await running.get('web')?.stop()
  await Promise.all([...running.values()].map((process) => process.stop()))
}

function constellation({
  home,
  platform,
  ports,
  running,
  stopAll,
}: {
  home: Home
  platform: Platform
  ports: Ports
  running: ReadonlyMap<ProcessName, Supervised>
  stopAll: () => Promise<void>
}): Constellation {
  const named = (name: ProcessName | 'postgres'): Supervised => {
    const process = name === 'postgres' ? platform.server : running.get(name)
    if (!process) throw new Error(`${name} is not part of this constellation`)
    return process
  }
  return {
    urls: urlsOf(ports),
    databases: platform.databases,
    jobsUrl: platform.jobsUrl,
    adminUrl: platform.adminUrl,
    pid: (name) => named(name).pid(),
    kill: (name, signal = 'SIGKILL') => named(name).kill(signal),
    ready: (name) => named(name).ready(),
    stop: (name) => named(name).stop(),
    async start(name) {
      named(name).start()
      await named(name).ready()
    },
    failAt: (name, point) => writeFile(failpointOf(home, name), point),
    isArmed: (name) => existsSync(failpointOf(home, name)),
    [Symbol.asyncDispose]: stopAll,
  }
}

function urlsOf(ports: Ports): Record<ProcessName, string> {
  return Object.fromEntries(processes.map((name) => [name, urlOf(name, ports)])) as Record<ProcessName, string>
}

function failpointOf(home: Home, name: ProcessName): string {
  return join(home.path, 'failpoints', name)
}

async function randomPorts(): Promise<Ports> {
  const ports = new Set<number>()
  while (ports.size < 6) ports.add(await freePort())
  const [web = 0, identity = 0, marketplace = 0, matching = 0, arrangements = 0, postgres = 0] = ports
  return { web, identity, marketplace, matching, arrangements, postgres }
}
