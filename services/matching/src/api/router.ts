import { marketRouter } from './market.router.ts'
import { matchRouter } from './match.router.ts'
import { pooledNeedRouter } from './pooled-need.router.ts'
import { rulesRouter } from './rules.router.ts'
import { taskRouter } from './task.router.ts'
import { router as compose } from './trpc.ts'

export const router = compose({
  match: matchRouter,
  pooledNeed: pooledNeedRouter,
  task: taskRouter,
  market: marketRouter,
  rules: rulesRouter,
})

export type Router = typeof router
