import { arrangementRouter } from './arrangement.router.ts'
import { auditRouter } from './audit.router.ts'
import { flowRouter } from './flow.router.ts'
import { statsRouter } from './stats.router.ts'
import { taskRouter } from './task.router.ts'
import { router as compose } from './trpc.ts'
import { worklistRouter } from './worklist.router.ts'

export const router = compose({
  arrangement: arrangementRouter,
  worklist: worklistRouter,
  task: taskRouter,
  stats: statsRouter,
  flow: flowRouter,
  audit: auditRouter,
})

export type Router = typeof router
