import type { ReasonView } from '@samkraft/contracts/arrangements'
import type { Period } from '@samkraft/kernel'

export type EventRow = Readonly<{ id: string; sequence: number; type: string; data: Readonly<Record<string, unknown>> }>
export type HoldRow = Readonly<{
  offerId: string
  arrangementId: string
  requestId: string
  period: Period
  hoursPerWeek: number
  state: 'reserved' | 'agreed' | 'released'
}>
export type StepRow = Readonly<{
  /** The arrangement's. */
  id: string
  version: number
  move: string
  side: string
  from: string | null
  to: string
  reason: ReasonView | null
}>

/** What the services wrote down about some offers, each list in the order in which it happened. */
export type History = Readonly<{
  offerEvents: readonly EventRow[]
  holds: readonly HoldRow[]
  ledgerAudit: readonly Readonly<{ command: string; arrangementId: string }>[]
  steps: readonly StepRow[]
  arrangementEvents: readonly EventRow[]
  /** Entries in the audit log of arrangements, by arrangement. */
  auditEntries: ReadonlyMap<string, number>
}>

/** `marketplace.capacity_reserved.v1` → `capacity_reserved`. */
export function shortName(type: string): string {
  return type.split('.')[1] ?? type
}
