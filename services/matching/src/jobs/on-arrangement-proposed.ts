import { type ArrangementFacts, arrangementProposed, arrangementRevised } from '@samkraft/contracts/arrangements'
import { announce } from '@samkraft/db'
import { on } from '@samkraft/jobs'
import type { Transaction } from 'kysely'
import { savePairs } from '../db/arrangement-pairs.ts'
import { regionsOf } from '../db/organisations.ts'
import type { Schema } from '../db/schema.ts'

type Proposal = Readonly<{ data: ArrangementFacts }>

/** A pair that is being arranged is said so in the coordinator's plans, and is not proposed from them again for those days. */
async function keepPairs(tx: Transaction<Schema>, { data }: Proposal): Promise<void> {
  await savePairs(tx, data)
  announce(tx, { organisations: await regionsOf(tx, data.lenderId), noun: 'plan', id: data.arrangementId })
}

export const onArrangementProposed = on(arrangementProposed, keepPairs)
/** Its terms may be about other days now. */
export const onArrangementRevised = on(arrangementRevised, keepPairs)
