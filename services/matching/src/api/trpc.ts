import { matchingPermissions } from '@samkraft/contracts/matching'
import { createApi } from '@samkraft/http'
import type { Services } from '../context.ts'

export const { router, procedure, open, createCallerFactory } = createApi<Services>(matchingPermissions)
