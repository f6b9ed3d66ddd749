import { z } from 'zod'
import { HoursPerWeek, Id, PeriodInput } from '../command.ts'
import { defineEvent } from '../event.ts'

/** What one borrower gets in an arrangement for one request, in one stretch of weeks. */
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
export type ArrangementFacts = z.infer<typeof ArrangementFacts>

export const arrangementProposed = defineEvent('arrangements.arrangement_proposed.v1', 'arrangement', ArrangementFacts)
export const arrangementRevised = defineEvent('arrangements.arrangement_revised.v1', 'arrangement', ArrangementFacts)
/** One organisation has said yes to the terms of the latest revision. */
export const arrangementTermsAccepted = defineEvent(
  'arrangements.arrangement_terms_accepted.v1',
  'arrangement',
  ArrangementFacts.extend({ organisationId: Id }),
)
/** One authority has taken its decision; a no is followed by `arrangement_declined`. */
export const arrangementDecided = defineEvent(
  'arrangements.arrangement_decided.v1',
  'arrangement',
  ArrangementFacts.extend({ organisationId: Id, decision: z.enum(['yes', 'no']) }),
)
/** Both authorities have said yes; the coordinator is next. */
export const arrangementAccepted = defineEvent('arrangements.arrangement_accepted.v1', 'arrangement', ArrangementFacts)
/** The coordinator has said yes and the ledger is asked for the hours. */
export const approvalRequested = defineEvent('arrangements.approval_requested.v1', 'arrangement', ArrangementFacts)
/** Approved, and the hours are held. */
export const arrangementApproved = defineEvent('arrangements.arrangement_approved.v1', 'arrangement', ArrangementFacts)
export const arrangementActivated = defineEvent(
  'arrangements.arrangement_activated.v1',
  'arrangement',
  ArrangementFacts,
)

const Closed = ArrangementFacts.extend({ reasonCode: z.string() })
/** Back with the parties: the coordinator sent it back, or the ledger refused the hours. */
export const arrangementReturned = defineEvent('arrangements.arrangement_returned.v1', 'arrangement', Closed)
export const arrangementDeclined = defineEvent('arrangements.arrangement_declined.v1', 'arrangement', Closed)
export const arrangementWithdrawn = defineEvent('arrangements.arrangement_withdrawn.v1', 'arrangement', Closed)
export const arrangementLapsed = defineEvent('arrangements.arrangement_lapsed.v1', 'arrangement', Closed)
/** Ended on `lastDay` (earlier than agreed, or as agreed): hours after it are free again. */
export const arrangementEnded = defineEvent(
  'arrangements.arrangement_ended.v1',
  'arrangement',
  Closed.extend({ lastDay: z.string() }),
)
/**
 * It was decided that it ends on `lastDay`, earlier than agreed, and goes on until then: hours after that day are free
 * from now on. `arrangement_ended` follows when the day has passed.
 */
export const arrangementEndDecided = defineEvent(
  'arrangements.arrangement_end_decided.v1',
  'arrangement',
  Closed.extend({ lastDay: z.string() }),
)
