import type { AuditView, ListAudit } from '@samkraft/contracts'
import { asActor, readAudit } from '@samkraft/db'
import type { MemberContext } from '../context.ts'

/** Who did what with the organisation's plans and pooled needs, newest first, and what of others' concerns it. */
export function listAudit(
  { db, actor }: MemberContext,
  input: ListAudit,
): Promise<{ items: AuditView[]; next: string | null }> {
  return asActor(db, actor, (tx) => readAudit(tx, input))
}
