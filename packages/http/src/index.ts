export { readPrivateKey, signActorToken, verifyActorToken } from './actor-token.ts'
export { createApi, type Refusal, type Request } from './api.ts'
export { type FieldProblem, fieldProblems } from './fields.ts'
export { lifecycle } from './lifecycle.ts'
export { createLog, type Log } from './log.ts'
export { assertPolicies } from './policy.ts'
export { type RunningServer, serve, type ServeOptions } from './serve.ts'
export {
  privateKeySetting,
  readSettings,
  secondsSetting,
  serviceConfig,
  serviceSettings,
  urlSetting,
} from './settings.ts'
