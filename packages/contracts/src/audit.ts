import { z } from 'zod'
import { Id } from './command.ts'
import { PageInput } from './page.ts'

/** Where an entry stands in a log that is read newest first: the same order in every service, so that their logs can be read as one. */
export type AuditPosition = Readonly<{
  /** An instant in UTC with six decimals, as `audit.list` gives it. */
  at: string
  organisationId: string
  number: number
}>

/** The cursor with which `audit.list` of any service goes on after this entry. */
export function auditCursor({ at, organisationId, number }: AuditPosition): string {
  return `${at}_${organisationId}_${number}`
}

export const ListAudit = PageInput.extend({ subjectId: Id.optional() })
export type ListAudit = z.infer<typeof ListAudit>

/** An entry in the log of the own organisation, or of another that concerns it. */
export const AuditView = z.object({
  organisationId: Id,
  number: z.int(),
  at: z.string(),
  /** Null when a deadline or an event acted, and for people of other organisations. */
  personId: Id.nullable(),
  command: z.string(),
  subjectType: z.string(),
  subjectId: Id,
  before: z.unknown(),
  after: z.unknown(),
})
export type AuditView = z.infer<typeof AuditView>

/** Whether the organisation's chain is whole: `brokenAt` is the first entry that does not fit, null when all do. */
export const AuditVerification = z.object({ entries: z.int(), brokenAt: z.int().nullable() })
export type AuditVerification = z.infer<typeof AuditVerification>
