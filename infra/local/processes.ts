import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { join } from 'node:path'
import { type Home } from './home.ts'
import { lastLines } from './log-file.ts'
import { compileCache, root } from './places.ts'
import { type Platform } from './platform.ts'
import { type Ports, type ProcessName, type Service } from './services.ts'
import { type Plan } from './supervisor.ts'

/** What our own environment hands down: how to run, nothing about databases or keys. */
const handedDown =
  /^(PATH|HOME|LANG|LC_\w+|TZ|TMPDIR|NODE_\w+|LOG_LEVEL|SWEEP_SECONDS|JOB_LOCK_SECONDS|(HTTPS?|NO)_PROXY|LD_PRELOAD|FAKETIME\w*)$/i

/** Where the web listens. Only the web may face a network: whoever sets HOST means it. */
export const webHost = process.env.HOST || '127.0.0.1'

export type ProcessOptions = {
  readonly name: ProcessName
  readonly home: Home
  readonly platform: Platform
  readonly ports: Ports
  readonly demo: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

export function urlOf(name: ProcessName, ports: Ports): string {
  const url = new URL('http://127.0.0.1')
  // At all addresses is also at this one.
  if (name === 'web' && webHost !== '0.0.0.0' && webHost !== '::')
    url.hostname = isIPv6(webHost) ? `[${webHost}]` : webHost
  url.port = String(ports[name])
  return url.origin
}

/** The address people type. */
export function originOf(ports: Ports): string {
  return process.env.ORIGIN ?? urlOf('web', ports)
}

export function logOf(home: Home, name: ProcessName | 'postgres'): string {
  return join(home.path, 'logs', `${name}.log`)
}

/** How one of our processes is started, and how it is known to be ready. */
export function planProcess(options: ProcessOptions): Plan {
  const { name, home, ports } = options
  const log = logOf(home, name)
  const env = environmentOf(options)
  const main = join(root, name === 'web' ? 'web/src/main.ts' : `services/${name}/src/main.ts`)
  return {
    name,
    stopSignal: 'SIGTERM',
    spawn() {
      const output = openSync(log, 'a', 0o600)
      try {
        return spawn(process.execPath, ['--import', new URL('./with-parent.ts', import.meta.url).href, main], {
          cwd: root,
          env,
          // Its own group: Ctrl-C at the terminal is for us, and we stop things in order.
          detached: true,
          stdio: ['ignore', output, output, 'ipc'],
        })
      } finally {
        closeSync(output)
      }
    },
    isReady: () => isReady(`${urlOf(name, ports)}/health/ready`),
    lastWords: () => lastLines(log),
  }
}

function environmentOf({ name, platform, home, ports, demo, env }: ProcessOptions): NodeJS.ProcessEnv {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([key]) => handedDown.test(key)))
  const cache = { NODE_COMPILE_CACHE: compileCache }
  const own = name === 'web' ? webEnvironment(ports) : serviceEnvironment(name, platform, home, demo)
  return { ...inherited, ...cache, HOST: '127.0.0.1', PORT: String(ports[name]), ...own, ...env }
}

function serviceEnvironment(service: Service, platform: Platform, home: Home, demo: boolean): NodeJS.ProcessEnv {
  return {
    [`DATABASE_URL_${service.toUpperCase()}`]: platform.databases[service].app,
    JOBS_URL: platform.jobsUrl,
    ACTOR_PUBLIC_KEY: home.secrets.actorPublicKey,
    ...(service === 'identity' && { ACTOR_PRIVATE_KEY: home.secrets.actorPrivateKey }),
    ...(service === 'identity' && demo && { SAMKRAFT_DEMO: '1' }),
  }
}

function webEnvironment(ports: Ports): NodeJS.ProcessEnv {
  return {
    ORIGIN: originOf(ports),
    HOST: webHost,
    ...(process.env.ADDRESS_HEADER && { ADDRESS_HEADER: process.env.ADDRESS_HEADER }),
    URL_IDENTITY: urlOf('identity', ports),
    URL_MARKETPLACE: urlOf('marketplace', ports),
    URL_MATCHING: urlOf('matching', ports),
    URL_ARRANGEMENTS: urlOf('arrangements', ports),
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000), redirect: 'manual' })
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}
