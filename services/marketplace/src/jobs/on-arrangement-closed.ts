import {
  arrangementDeclined,
  arrangementEnded,
  arrangementLapsed,
  arrangementWithdrawn,
} from '@samkraft/contracts/arrangements'
import { type EventHandler, on } from '@samkraft/jobs'
import { releaseCapacity } from '../app/release-capacity.ts'
import type { Services } from '../context.ts'
import type { Schema } from '../db/schema.ts'
import { inTheLendersName } from './on-approval-requested.ts'

/** Declined, withdrawn or lapsed: all it held is free. Ended: what lies after its last day is. */
export const onArrangementClosed = (services: Services): EventHandler<Schema>[] => [
  ...[arrangementDeclined, arrangementWithdrawn, arrangementLapsed].map((definition) =>
    on<Schema, typeof definition.type, typeof definition.data>(
      definition,
      (tx, { data: facts, requestId }) => releaseCapacity(tx, services, { facts, requestId }),
      inTheLendersName,
    ),
  ),
  on<Schema, typeof arrangementEnded.type, typeof arrangementEnded.data>(
    arrangementEnded,
    (tx, { data: facts, requestId }) => releaseCapacity(tx, services, { facts, requestId, lastDay: facts.lastDay }),
    inTheLendersName,
  ),
]
