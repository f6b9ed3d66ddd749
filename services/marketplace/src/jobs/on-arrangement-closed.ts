import {
  arrangementDeclined,
  arrangementEndDecided,
  arrangementEnded,
  arrangementLapsed,
  arrangementWithdrawn,
} from '@samkraft/contracts/arrangements'
import { type EventHandler, on } from '@samkraft/jobs'
import { releaseCapacity } from '../app/release-capacity.ts'
import type { Services } from '../context.ts'
import type { Schema } from '../db/schema.ts'
import { inTheLendersName } from './on-approval-requested.ts'

/** Declined, withdrawn or lapsed: all it held is free. Ended, or decided to end: what lies after its last day is. */
export const onArrangementClosed = (services: Services): EventHandler<Schema>[] => [
  ...[arrangementDeclined, arrangementWithdrawn, arrangementLapsed].map((definition) =>
    on<Schema, typeof definition.type, typeof definition.data>(
      definition,
      (tx, { data: facts, requestId }) => releaseCapacity(tx, services, { facts, requestId }),
      inTheLendersName,
    ),
  ),
  ...[arrangementEndDecided, arrangementEnded].map((definition) =>
    on<Schema, typeof definition.type, typeof definition.data>(
      definition,
      (tx, { data: facts, requestId }) => releaseCapacity(tx, services, { facts, requestId, lastDay: facts.lastDay }),
      inTheLendersName,
    ),
  ),
]
