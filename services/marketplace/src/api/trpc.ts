import { marketplacePermissions } from '@samkraft/contracts/marketplace'
import { createApi } from '@samkraft/http'
import type { Services } from '../context.ts'

export const { router, procedure, createCallerFactory } = createApi<Services>(marketplacePermissions)
