import type { ReasonView } from '@samkraft/contracts/arrangements'
import type { Role } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { Arrangement, Moment } from '../domain/arrangement.ts'
import type { Author } from './arrangements.ts'
import type { Schema } from './schema.ts'

type Taken = Readonly<{
  by: Author & { role: Role }
  decision: 'yes' | 'no'
  delegationReference: string
  reason: ReasonView | null
  moment: Moment
}>

/** Keeps an authority's decision for good. Its key allows one per organisation and round. */
export async function insertDecision(
  tx: Transaction<Schema>,
  { id, round, revision }: Arrangement,
  { by, decision, delegationReference, reason, moment }: Taken,
): Promise<void> {
  const { organisationId, personId, role, side } = by
  if (!organisationId || !personId) throw new Error('a decision is taken by a person for an organisation')
  await tx
    .insertInto('decision')
    .values({
      arrangement_id: id,
      organisation_id: organisationId,
      round,
      revision,
      side: side === 'lender' ? 'lender' : 'borrower',
      person_id: personId,
      role,
      decision,
      delegation_reference: delegationReference,
      reason_code: reason?.code ?? null,
      reason_text: reason?.text ?? '',
      at: new Date(moment.now),
    })
    .execute()
}
