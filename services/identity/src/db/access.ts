import { sentWithNext, transact } from '@samkraft/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** One transaction that reaches the account of exactly this address. */
export function asClaimant<Result>(
  db: Kysely<Schema>,
  email: string,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return transact(db, async (tx) => {
    await sql`${sentWithNext}select set_config('app.email', ${email}, true)`.execute(tx)
    return run(tx)
  })
}

/** One transaction that reaches exactly what this secret opens: one session, or one invitation. */
export function asHolder<Result>(
  db: Kysely<Schema>,
  secretHash: Buffer,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return transact(db, async (tx) => {
    await sql`${sentWithNext}select set_config('app.secret_hash', ${secretHash.toString('hex')}, true)`.execute(tx)
    return run(tx)
  })
}

/** One transaction that reaches what is the person's own in every organisation: account, memberships, sessions. */
export function asPerson<Result>(
  db: Kysely<Schema>,
  personId: string,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return transact(db, async (tx) => {
    await sql`${sentWithNext}select set_config('app.person', ${personId}, true)`.execute(tx)
    return run(tx)
  })
}

/** Goes on, in the same transaction, as this person for this organisation: once it is proven who acts. */
export async function continueAs(
  tx: Transaction<Schema>,
  { personId, organisationId }: { personId: string; organisationId: string },
): Promise<void> {
  await sql`${sentWithNext}select set_config('app.organisation', ${organisationId}, true), set_config('app.person', ${personId}, true)`.execute(
    tx,
  )
}
