import { ListTasks, TaskPage } from '@samkraft/contracts/arrangements'
import { listTasks } from '../app/list-tasks.ts'
import { procedure, router } from './trpc.ts'

export const taskRouter = router({
  list: procedure
    .input(ListTasks)
    .output(TaskPage)
    .query(({ ctx, input }) => listTasks(ctx, input)),
})
