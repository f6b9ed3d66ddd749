import { ChangedPassword, ChangePassword, RenewPassword } from '@samkraft/contracts/identity'
import { changePassword } from '../app/change-password.ts'
import { renewPassword } from '../app/renew-password.ts'
import { open, procedure, router } from './trpc.ts'

export const passwordRouter = router({
  change: procedure
    .input(ChangePassword)
    .output(ChangedPassword)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  renew: open
    .input(RenewPassword)
    .output(ChangedPassword)
    .mutation(({ ctx, input }) => renewPassword(ctx, input)),
})
