import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { readPrivateKey, readPublicKey } from './actor-token.ts'

// Settings every service reads alike. Each refusal says what would fit and repeats nothing: addresses hold passwords.

const aDay = 86_400

/** The address of a server that is spoken to by one of these protocols. */
export function urlSetting(...protocols: readonly string[]) {
  const begins = (value: string) => protocols.some((protocol) => value.startsWith(`${protocol}://`))
  return z
    .string({ error: 'is missing' })
    .refine((value) => begins(value) && URL.canParse(value), `must be an address like ${protocols[0]}://…`)
}

/** Identity's public key. */
const publicKeySetting = keySetting(readPublicKey, 'public', 'must be an Ed25519 public key, base64 of SPKI DER')

/** Identity's private key. */
export const privateKeySetting = keySetting(
  readPrivateKey,
  'private',
  'must be an Ed25519 private key, base64 of PKCS#8 DER',
)

/** How long, in seconds; more than none and at most a day. */
export function secondsSetting(usual: number) {
  return z.coerce.number().positive().max(aDay).default(usual)
}

/** What every service is told alike; `port` is where it listens when it is not told. */
export function serviceSettings(port: number) {
  return {
    PORT: z.coerce.number().int().min(0).max(65_535).default(port),
    HOST: z.string().default('127.0.0.1'),
    JOBS_URL: urlSetting('postgres', 'postgresql', 'redis', 'rediss'),
    ACTOR_PUBLIC_KEY: publicKeySetting,
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    SWEEP_SECONDS: secondsSetting(30),
    FAILPOINT_FILE: z.string().optional(),
  }
}

/** The same, as code names it. */
export function serviceConfig(told: z.output<z.ZodObject<ReturnType<typeof serviceSettings>>>) {
  return {
    port: told.PORT,
    host: told.HOST,
    jobsUrl: told.JOBS_URL,
    actorPublicKey: told.ACTOR_PUBLIC_KEY,
    logLevel: told.LOG_LEVEL,
    sweepMilliseconds: told.SWEEP_SECONDS * 1_000,
    failpointFile: told.FAILPOINT_FILE,
  }
}

/** Reads settings; throws one sentence per setting that does not fit, without repeating any value. */
export function readSettings<Settings extends z.ZodType>(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
): z.output<Settings> {
  const read = settings.safeParse(environment)
  if (read.success) return read.data
  throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
}

function keySetting(read: (base64: string) => KeyObject, type: 'public' | 'private', error: string) {
  return z.string({ error: 'is missing' }).refine((base64) => {
    try {
      const key = read(base64)
      return key.type === type && key.asymmetricKeyType === 'ed25519'
    } catch {
      return false
    }
  }, error)
}
