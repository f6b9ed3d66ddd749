import { privateKeySetting, publicKeySetting, secondsSetting, urlSetting } from '@samkraft/http'
import { z } from 'zod'

const Config = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4001),
    HOST: z.string().default('127.0.0.1'),
    DATABASE_URL_IDENTITY: urlSetting('postgres', 'postgresql'),
    JOBS_URL: urlSetting('postgres', 'postgresql', 'redis', 'rediss'),
    ACTOR_PUBLIC_KEY: publicKeySetting,
    ACTOR_PRIVATE_KEY: privateKeySetting,
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    SWEEP_SECONDS: secondsSetting(30),
    SAMKRAFT_DEMO: z.enum(['0', '1']).default('0'),
    FAILPOINT_FILE: z.string().optional(),
  })
  .transform((env) =>
    Object.freeze({
      port: env.PORT,
      host: env.HOST,
      databaseUrl: env.DATABASE_URL_IDENTITY,
      jobsUrl: env.JOBS_URL,
      actorPublicKey: env.ACTOR_PUBLIC_KEY,
      actorPrivateKey: env.ACTOR_PRIVATE_KEY,
      logLevel: env.LOG_LEVEL,
      sweepMilliseconds: env.SWEEP_SECONDS * 1_000,
      demo: env.SAMKRAFT_DEMO === '1',
      failpointFile: env.FAILPOINT_FILE,
    }),
  )
export type Config = z.infer<typeof Config>

/** The service's settings; throws one sentence per setting that does not fit, without repeating any value. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = Config.safeParse(environment)
  if (!read.success)
    throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '))
  return read.data
}
