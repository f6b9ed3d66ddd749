import { arrangementsPermissions } from '@samkraft/contracts/arrangements'
import { createApi } from '@samkraft/http'
import type { Services } from '../context.ts'

export const { router, procedure, createCallerFactory } = createApi<Services>(arrangementsPermissions)
