import { arrangementDeclined, arrangementLapsed, arrangementWithdrawn } from '@samkraft/contracts/arrangements'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { closePairs } from '../db/arrangement-pairs.ts'
import type { Schema } from '../db/schema.ts'

type Closing = Readonly<{ data: Readonly<{ arrangementId: string }> }>

/** It came to nothing: the pair may be proposed anew. */
function forget(tx: Transaction<Schema>, { data }: Closing): Promise<void> {
  return closePairs(tx, data.arrangementId)
}

export const onArrangementDeclined = on(arrangementDeclined, forget)
export const onArrangementWithdrawn = on(arrangementWithdrawn, forget)
export const onArrangementLapsed = on(arrangementLapsed, forget)
