export { readPrivateKey, signActorToken, verifyActorToken } from './actor-token.ts'
export { createApi, type Request } from './api.ts'
export { fieldProblems } from './fields.ts'
export { lifecycle } from './lifecycle.ts'
export { createLog, type Log } from './log.ts'
export { assertPolicies } from './policy.ts'
export { serve } from './serve.ts'
export {
  privateKeySetting,
  readSettings,
  secondsSetting,
  serviceConfig,
  serviceSettings,
  urlSetting,
} from './settings.ts'
