import { arrangementApproved } from '@samkraft/contracts/arrangements'
import { on } from '@samkraft/jobs'
import { agreeCapacity } from '../app/release-capacity.ts'
import type { Schema } from '../db/schema.ts'
import { inTheLendersName } from './on-approval-requested.ts'

export const onArrangementApproved = () =>
  on<Schema, typeof arrangementApproved.type, typeof arrangementApproved.data>(
    arrangementApproved,
    (tx, { data: facts }) => agreeCapacity(tx, { facts }),
    inTheLendersName,
  )
