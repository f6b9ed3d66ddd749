import type { EventHandler } from '@samkraft/jobs'
import type { Schema } from '../db/schema.ts'
import { onArrangementApproved } from './on-arrangement-approved.ts'
import { onArrangementDeclined, onArrangementLapsed, onArrangementWithdrawn } from './on-arrangement-closed.ts'
import { onArrangementEndDecided, onArrangementEnded } from './on-arrangement-ended.ts'
import { onArrangementProposed, onArrangementRevised } from './on-arrangement-proposed.ts'
import { onCapacityReleased } from './on-capacity-released.ts'
import { onCapacityReserved } from './on-capacity-reserved.ts'
import { onOfferChanged } from './on-offer-changed.ts'
import { onOfferPublished } from './on-offer-published.ts'
import { onOfferWithdrawn } from './on-offer-withdrawn.ts'
import { onOrganisationChanged } from './on-organisation-changed.ts'
import { onRequestChanged } from './on-request-changed.ts'
import { onRequestCoverageChanged } from './on-request-coverage-changed.ts'
import { onRequestPublished } from './on-request-published.ts'
import { onRequestWithdrawn } from './on-request-withdrawn.ts'

/**
 * What matching does about what happens elsewhere: it keeps its copy and marks what is behind. The matching itself follows
 * in transactions of its own (`match-worker.ts`), which see everything that was committed before.
 */
export const handlers: readonly EventHandler<Schema>[] = [
  onOrganisationChanged,
  onOfferPublished,
  onOfferChanged,
  onOfferWithdrawn,
  onCapacityReserved,
  onCapacityReleased,
  onRequestPublished,
  onRequestChanged,
  onRequestWithdrawn,
  onRequestCoverageChanged,
  onArrangementProposed,
  onArrangementRevised,
  onArrangementApproved,
  onArrangementDeclined,
  onArrangementWithdrawn,
  onArrangementLapsed,
  onArrangementEndDecided,
  onArrangementEnded,
]
