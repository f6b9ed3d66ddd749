import { asActor, verifyAudit as walkChain } from '@samkraft/db'
import type { AuditVerification } from '@samkraft/contracts'
import type { MemberContext } from '../context.ts'

/** Whether anyone has tampered with the own organisation's history in the marketplace. */
export function verifyAudit({ db, actor }: MemberContext): Promise<AuditVerification> {
  return asActor(db, actor, (tx) => walkChain(tx, actor))
}
