import { inContext, setContext } from '@samkraft/db'
import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** One transaction that reaches the account of exactly this address. */
export function asClaimant<Result>(
  db: Kysely<Schema>,
  email: string,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return inContext(db, { 'app.email': email }, run)
}

/** One transaction that reaches exactly what this secret opens: one session, or one invitation. */
export function asHolder<Result>(
  db: Kysely<Schema>,
  secretHash: Buffer,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return inContext(db, { 'app.secret_hash': secretHash.toString('hex') }, run)
}

/** One transaction that reaches what is the person's own in every organisation: account, memberships, sessions. */
export function asPerson<Result>(
  db: Kysely<Schema>,
  personId: string,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return inContext(db, { 'app.person': personId }, run)
}

/** Goes on, in the same transaction, as this person for this organisation: once it is proven who acts. */
export function continueAs(
  tx: Transaction<Schema>,
  { personId, organisationId }: { personId: string; organisationId: string },
): Promise<void> {
  return setContext(tx, { 'app.organisation': organisationId, 'app.person': personId })
}
