import { auditRouter } from './audit.router.ts'
import { marketRouter } from './market.router.ts'
import { matchRouter } from './match.router.ts'
import { planRouter } from './plan.router.ts'
import { pooledNeedRouter } from './pooled-need.router.ts'
import { rulesRouter } from './rules.router.ts'
import { taskRouter } from './task.router.ts'
import { router as compose } from './trpc.ts'

export const router = compose({
  match: matchRouter,
  pooledNeed: pooledNeedRouter,
  task: taskRouter,
  market: marketRouter,
  plan: planRouter,
  rules: rulesRouter,
  audit: auditRouter,
})

export type Router = typeof router
