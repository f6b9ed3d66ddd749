import { approvalRequested, type ArrangementFacts } from '@samkraft/contracts/arrangements'
import { on } from '@samkraft/jobs'
import { reserveCapacity } from '../app/reserve-capacity.ts'
import type { Services } from '../context.ts'
import type { Schema } from '../db/schema.ts'

/** The hours are the lender's, so what is done about them is done in its name. */
export const inTheLendersName = { organisation: ({ data }: { data: ArrangementFacts }) => data.lenderId }

export const onApprovalRequested = (services: Services) =>
  on<Schema, typeof approvalRequested.type, typeof approvalRequested.data>(
    approvalRequested,
    (tx, { data: facts, requestId }) => reserveCapacity(tx, services, { facts, requestId }),
    inTheLendersName,
  )
