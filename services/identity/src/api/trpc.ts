import { identityPermissions } from '@samkraft/contracts/identity'
import { createApi } from '@samkraft/http'
import type { Services } from '../context.ts'

export const { router, procedure, open, createCallerFactory } = createApi<Services>(identityPermissions)
