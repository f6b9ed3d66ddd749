import { ChangedPassword, ChangePassword } from '@samkraft/contracts/identity'
import { changePassword } from '../app/change-password.ts'
import { procedure, router } from './trpc.ts'

export const passwordRouter = router({
  change: procedure
    .input(ChangePassword)
    .output(ChangedPassword)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
})
