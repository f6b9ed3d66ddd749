import { publicKeySetting, secondsSetting, urlSetting } from '@samkraft/http'
import { z } from 'zod'

const Config = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(4004),
    HOST: z.string().default('127.0.0.1'),
    DATABASE_URL_MATCHING: urlSetting('postgres', 'postgresql'),
    JOBS_URL: urlSetting('postgres', 'postgresql', 'redis', 'rediss'),
    ACTOR_PUBLIC_KEY: publicKeySetting,
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    SWEEP_SECONDS: secondsSetting(30),
    JOB_LOCK_SECONDS: secondsSetting(15),
    FAILPOINT_FILE: z.string().optional(),
  })
  .transform((env) =>
    Object.freeze({
      port: env.PORT,
      host: env.HOST,
      databaseUrl: env.DATABASE_URL_MATCHING,
      jobsUrl: env.JOBS_URL,
      actorPublicKey: env.ACTOR_PUBLIC_KEY,
      logLevel: env.LOG_LEVEL,
      sweepMilliseconds: env.SWEEP_SECONDS * 1_000,
      jobLockMilliseconds: env.JOB_LOCK_SECONDS * 1_000,
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
