import { MatchTasks } from '@samkraft/contracts/matching'
import { listTasks } from '../app/list-tasks.ts'
import { procedure, router } from './trpc.ts'

export const taskRouter = router({
  list: procedure.output(MatchTasks).query(({ ctx }) => listTasks(ctx)),
})
