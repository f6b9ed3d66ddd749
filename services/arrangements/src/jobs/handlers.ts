import type { EventHandler } from '@samkraft/jobs'
import type { Schema } from '../db/schema.ts'
import { onCapacityRefused } from './on-capacity-refused.ts'
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

/** What arrangements does about what happens elsewhere. */
export const handlers: readonly EventHandler<Schema>[] = [
  onOrganisationChanged,
  onOfferPublished,
  onOfferChanged,
  onOfferWithdrawn,
  onRequestPublished,
  onRequestChanged,
  onRequestWithdrawn,
  onRequestCoverageChanged,
  onCapacityReserved,
  onCapacityRefused,
  onCapacityReleased,
]
