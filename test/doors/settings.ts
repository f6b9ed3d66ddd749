import fc from 'fast-check'
import { newSecrets } from '../../infra/local/home.ts'
import { readConfig as readArrangements } from '../../services/arrangements/src/config.ts'
import { readConfig as readIdentity } from '../../services/identity/src/config.ts'
import { readConfig as readMarketplace } from '../../services/marketplace/src/config.ts'
import { readConfig as readMatching } from '../../services/matching/src/config.ts'
import { readConfig as readWeb } from '../../web/src/lib/server/config.ts'
import type { Case } from './play.ts'
import { oddText } from './spoil.ts'

type Values = readonly (string | undefined)[]
type Env = Record<string, string | undefined>
type Process = Readonly<{ read: (env: Env) => unknown; sound: Env; unfit: Readonly<Record<string, Values>> }>

const { actorPublicKey, actorPrivateKey } = newSecrets()
/** Stands in every address, and is never to be seen in a refusal. */
const hidden = 'losenord-i-adressen'

const port = ['-1', '65536', '1.5', 'http', '0x', '1e9', 'NaN', 'Infinity']
const seconds = ['0', '-1', 'often', 'NaN', 'Infinity', '1e300']
const ofPostgres = [
  `mysql://a:${hidden}@b/c`,
  `a:${hidden}@b`,
  `postgres:/a:${hidden}@b`,
  `postgres://a:${hidden}@[b/c`,
]
const ofQueues = [`http://a:${hidden}@b`, `redis:a:${hidden}@b`, `redis://a:${hidden}@b:port`]
const ofWeb = ['', `ftp://a:${hidden}@b`, `a:${hidden}@b`, `http://a:${hidden}@[b`]
const missing = [undefined, '']

function service(read: Process['read'], name: string, more: Pick<Process, 'sound' | 'unfit'>): Process {
  return {
    read,
    sound: {
      [`DATABASE_URL_${name}`]: `postgres://app:${hidden}@127.0.0.1:5432/db`,
      JOBS_URL: `redis://:${hidden}@127.0.0.1:6379`,
      ACTOR_PUBLIC_KEY: actorPublicKey,
      ...more.sound,
    },
    unfit: {
      PORT: port,
      [`DATABASE_URL_${name}`]: [...missing, ...ofPostgres],
      JOBS_URL: [...missing, ...ofQueues],
      ACTOR_PUBLIC_KEY: [...missing, hidden, 'MCowBQYDK2VwAyEA', actorPrivateKey],
      LOG_LEVEL: ['loud', 'INFO', '', '30'],
      SWEEP_SECONDS: seconds,
      ...more.unfit,
    },
  }
}

const working = { sound: {}, unfit: { JOB_LOCK_SECONDS: seconds } }
const processes: Readonly<Record<string, Process>> = {
  identity: service(readIdentity, 'IDENTITY', {
    sound: { ACTOR_PRIVATE_KEY: actorPrivateKey },
    unfit: {
      ACTOR_PRIVATE_KEY: [...missing, hidden, 'MC4CAQAwBQYDK2VwBCIEIA', actorPublicKey],
      SAMKRAFT_DEMO: ['yes', 'true', '2', ''],
    },
  }),
  marketplace: service(readMarketplace, 'MARKETPLACE', working),
  matching: service(readMatching, 'MATCHING', working),
  arrangements: service(readArrangements, 'ARRANGEMENTS', working),
  web: {
    read: readWeb,
    sound: {},
    unfit: {
      PORT: ['0', ...port],
      ORIGIN: ofWeb,
      ADDRESS_HEADER: ['', 'x forwarded', '-for', 'x:y'],
      URL_IDENTITY: ofWeb,
      URL_ARRANGEMENTS: ofWeb,
    },
  },
}

/** Settings that no process starts with, each refused by its name and with nothing of its value. */
export function unfitSettings(): fc.Arbitrary<Case> {
  const all = Object.entries(processes).flatMap(([name, { read, sound, unfit }]) =>
    Object.entries(unfit).map(([variable, values]) => ({ name, read, sound, variable, values })),
  )
  return fc.constantFrom(...all).chain(({ name, read, sound, variable, values }) =>
    fc
      .oneof(
        fc.constantFrom(...values),
        oddText.filter((text) => fitsNowhere(variable, text)),
      )
      .map((value): Case => ({
        name: `${name} ${variable}=${value}`,
        play: () => Promise.resolve(faultsIn(read, { ...sound, [variable]: value }, variable)),
      })),
  )
}

/** What is odd elsewhere may be a number or the name of a header. */
function fitsNowhere(variable: string, text: string): boolean {
  if (variable === 'ADDRESS_HEADER') return !/^[a-z][a-z0-9-]*$/i.test(text)
  return !(variable === 'PORT' || variable.endsWith('_SECONDS')) || Number.isNaN(Number(text))
}

function faultsIn(read: Process['read'], env: Env, variable: string): string[] {
  try {
    read(env)
    return ['was taken']
  } catch (error) {
    const said = (error as Error).message
    const value = env[variable] ?? ''
    const faults = said.includes(variable) && !said.includes('\n') ? [] : [`was refused with ${said}`]
    if (value.length > 8 && said.includes(value)) faults.push('its value was repeated')
    if ([hidden, actorPrivateKey].some((secret) => said.includes(secret))) faults.push('a secret was repeated')
    return faults
  }
}
