import { AuditVerification, AuditView, cursorPage, ListAudit } from '@samkraft/contracts'
import { listAudit } from '../app/list-audit.ts'
import { verifyAudit } from '../app/verify-audit.ts'
import { procedure, router } from './trpc.ts'

export const auditRouter = router({
  list: procedure
    .input(ListAudit)
    .output(cursorPage(AuditView))
    .query(({ ctx, input }) => listAudit(ctx, input)),
  verify: procedure.output(AuditVerification).query(({ ctx }) => verifyAudit(ctx)),
})
