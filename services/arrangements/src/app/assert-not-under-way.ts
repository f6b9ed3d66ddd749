import type { Share } from '@samkraft/contracts/arrangements'
import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import { findUnderWay } from '../db/summaries.ts'

/**
 * The same is not agreed on twice at once; what is settled can be followed by more. `except` is the arrangement the shares belong to.
 * The offer must be locked, so that none overlooks another: `conflict arrangement.under_way`.
 */
export async function assertNotUnderWay(
  tx: Transaction<Schema>,
  offerId: string,
  shares: readonly Share[],
  options: { except?: string } = {},
): Promise<void> {
  const other = await findUnderWay(tx, offerId, shares, options)
  if (other)
    throw new DomainError('conflict', 'arrangement.under_way', { arrangementId: other.id, reference: other.reference })
}
