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
