import { asActor, readAudit } from '@samkraft/db'
import type { AuditView, ListAudit } from '@samkraft/contracts'
import type { MemberContext } from '../context.ts'

/** Who did what to the organisation's offers and requests, newest first, and what of others' concerns it. */
export function listAudit(
  { db, actor }: MemberContext,
  input: ListAudit,
): Promise<{ items: AuditView[]; next: string | null }> {
  return asActor(db, actor, (tx) => readAudit(tx, input))
}
