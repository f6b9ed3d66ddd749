import { AuditVerification, ListAudit } from '@samkraft/contracts'
import { AuditPage } from '@samkraft/contracts/arrangements'
import { listAudit } from '../app/list-audit.ts'
import { verifyAudit } from '../app/verify-audit.ts'
import { procedure, router } from './trpc.ts'

export const auditRouter = router({
  list: procedure
    .input(ListAudit)
    .output(AuditPage)
    .query(({ ctx, input }) => listAudit(ctx, input)),
  verify: procedure.output(AuditVerification).query(({ ctx }) => verifyAudit(ctx)),
})
