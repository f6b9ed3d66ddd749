import { z } from 'zod'
import { HoursPerWeek, Id, PeriodInput } from '../command.ts'
import { defineEvent } from '../event.ts'

/** What one borrower gets in an arrangement. */
export const Share = z.object({
  organisationId: Id,
  requestId: Id,
  period: PeriodInput,
  hoursPerWeek: HoursPerWeek,
})
export type Share = z.infer<typeof Share>

/** The codes and numbers of an arrangement: who lends what to whom. */
export const ArrangementFacts = z.object({
  arrangementId: Id,
  offerId: Id,
  lenderId: Id,
  shares: z.array(Share).min(1),
})

export const arrangementProposed = defineEvent('arrangements.arrangement_proposed.v1', 'arrangement', ArrangementFacts)
export const arrangementRevised = defineEvent('arrangements.arrangement_revised.v1', 'arrangement', ArrangementFacts)
/** Both authorities have said yes; the coordinator is next. */
export const arrangementAccepted = defineEvent('arrangements.arrangement_accepted.v1', 'arrangement', ArrangementFacts)
/** The coordinator has said yes and the ledger is asked for the hours. */
export const approvalRequested = defineEvent('arrangements.approval_requested.v1', 'arrangement', ArrangementFacts)
/** Approved, and the hours are held. */
export const arrangementApproved = defineEvent('arrangements.arrangement_approved.v1', 'arrangement', ArrangementFacts)
export const arrangementActivated = defineEvent('arrangements.arrangement_activated.v1', 'arrangement', ArrangementFacts)

const Closed = ArrangementFacts.extend({ reasonCode: z.string() })
export const arrangementDeclined = defineEvent('arrangements.arrangement_declined.v1', 'arrangement', Closed)
export const arrangementWithdrawn = defineEvent('arrangements.arrangement_withdrawn.v1', 'arrangement', Closed)
export const arrangementLapsed = defineEvent('arrangements.arrangement_lapsed.v1', 'arrangement', Closed)
/** Ended on `lastDay` (earlier than agreed, or as agreed): hours after it are free again. */
export const arrangementEnded = defineEvent(
  'arrangements.arrangement_ended.v1',
  'arrangement',
  Closed.extend({ lastDay: z.string() }),
)
