import { type AuditEntry, recordAudit } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Membership } from '../domain/membership.ts'

/** Of a person nothing else is kept for ever. */
type Kept = Pick<Membership, 'roles'> & Partial<Pick<Membership, 'disabled'>>

type Done = Pick<AuditEntry, 'organisationId' | 'requestId' | 'command'> &
  Readonly<{ personId: string; by: string | null; before?: Kept; after?: Kept }>

/** The log entry about what somebody, perhaps the person, did with a person in an organisation. */
export function recordOfPerson(tx: Transaction<Schema>, { personId, by, before, after, ...done }: Done): Promise<void> {
  return recordAudit(tx, { ...done, personId: by, subjectType: 'person', subjectId: personId, before, after })
}
