import { readSettings, secondsSetting, serviceConfig, serviceSettings, urlSetting } from '@samkraft/http'
import { z } from 'zod'

const Config = z
  .object({
    ...serviceSettings(4003),
    DATABASE_URL_MARKETPLACE: urlSetting('postgres', 'postgresql'),
    JOB_LOCK_SECONDS: secondsSetting(15),
  })
  .transform((told) =>
    Object.freeze({
      ...serviceConfig(told),
      databaseUrl: told.DATABASE_URL_MARKETPLACE,
      jobLockMilliseconds: told.JOB_LOCK_SECONDS * 1_000,
    }),
  )
export type Config = z.infer<typeof Config>

/** The service's settings; throws one sentence per setting that does not fit, without repeating any value. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings(Config, environment)
}
