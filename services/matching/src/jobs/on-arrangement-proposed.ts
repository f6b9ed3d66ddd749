import { arrangementProposed } from '@samkraft/contracts/arrangements'
import { announce } from '@samkraft/db'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { savePairs } from '../db/arrangement-pairs.ts'
import { regionsOf } from '../db/organisations.ts'
import type { Schema } from '../db/schema.ts'

/** A pair that is being arranged is said so in the coordinator's plans, and is not proposed from them again. */
export const onArrangementProposed = on(arrangementProposed, async (tx: Transaction<Schema>, { data }) => {
  await savePairs(tx, data)
  announce(tx, { organisations: await regionsOf(tx, data.lenderId), noun: 'plan', id: data.arrangementId })
})
