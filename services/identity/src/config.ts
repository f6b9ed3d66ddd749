import { privateKeySetting, readSettings, serviceConfig, serviceSettings, urlSetting } from '@samkraft/http'
import { z } from 'zod'

const Config = z
  .object({
    ...serviceSettings(4001),
    DATABASE_URL_IDENTITY: urlSetting('postgres', 'postgresql'),
    ACTOR_PRIVATE_KEY: privateKeySetting,
    SAMKRAFT_DEMO: z.enum(['0', '1']).default('0'),
  })
  .transform((told) =>
    Object.freeze({
      ...serviceConfig(told),
      databaseUrl: told.DATABASE_URL_IDENTITY,
      actorPrivateKey: told.ACTOR_PRIVATE_KEY,
      demo: told.SAMKRAFT_DEMO === '1',
    }),
  )
export type Config = z.infer<typeof Config>

/** The service's settings; throws one sentence per setting that does not fit, without repeating any value. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  return readSettings(Config, environment)
}

const OperatorConfig = z
  .object({
    DATABASE_URL_IDENTITY: urlSetting('postgres', 'postgresql'),
    ACTOR_PRIVATE_KEY: privateKeySetting,
    ORIGIN: urlSetting('http', 'https'),
  })
  .transform((told) =>
    Object.freeze({
      databaseUrl: told.DATABASE_URL_IDENTITY,
      actorPrivateKey: told.ACTOR_PRIVATE_KEY,
      /** The address people type; the links begin with it. */
      origin: told.ORIGIN,
    }),
  )

/** The settings of the operator's command line; throws as `readConfig`. */
export function readOperatorConfig(): z.infer<typeof OperatorConfig> {
  return readSettings(OperatorConfig, process.env)
}
