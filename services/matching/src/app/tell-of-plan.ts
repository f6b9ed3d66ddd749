import { announce, type AuditEntry, recordAudit } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import type { Schema } from '../db/schema.ts'

/** The log entry of what somebody did with a plan of their organisation, and a word to its open pages. */
export async function tellOfPlan(
  tx: Transaction<Schema>,
  { actor, requestId }: Pick<MemberContext, 'actor' | 'requestId'>,
  { planId, ...done }: Pick<AuditEntry, 'command' | 'before' | 'after'> & { planId: string },
): Promise<void> {
  const { organisationId, personId } = actor
  await recordAudit(tx, { organisationId, personId, requestId, ...done, subjectType: 'plan', subjectId: planId })
  announce(tx, { organisations: [organisationId], noun: 'plan', id: planId })
}
