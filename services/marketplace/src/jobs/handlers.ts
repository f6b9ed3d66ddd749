import type { EventHandler } from '@samkraft/jobs'
import type { Services } from '../context.ts'
import type { Schema } from '../db/schema.ts'
import { onApprovalRequested } from './on-approval-requested.ts'
import { onArrangementApproved } from './on-arrangement-approved.ts'
import { onArrangementClosed } from './on-arrangement-closed.ts'
import { onOrganisationChanged } from './on-organisation-changed.ts'

/** What the marketplace does when something happened elsewhere. */
export function eventHandlers(services: Services): EventHandler<Schema>[] {
  return [
    onOrganisationChanged(),
    onApprovalRequested(services),
    onArrangementApproved(),
    ...onArrangementClosed(services),
  ]
}
