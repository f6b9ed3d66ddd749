import { DomainError } from '@samkraft/kernel'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type Account = Readonly<{ personId: string; passwordHash: string }>

/** The account of an address. Needs `asClaimant`: elsewhere none is found. */
export async function findAccount(tx: Transaction<Schema>, email: string): Promise<Account | null> {
  const row = await tx
    .selectFrom('person')
    .innerJoin('credential', 'credential.person_id', 'person.id')
    .select(['person.id', 'credential.password_hash'])
    .where('person.email', '=', email)
    .executeTakeFirst()
  return row ? { personId: row.id, passwordHash: row.password_hash } : null
}

/** Makes an account for someone who acts as themselves; false when the address has one by now. */
export async function addAccount(
  tx: Transaction<Schema>,
  { personId, email, passwordHash }: Account & { email: string },
): Promise<boolean> {
  const added = await tx
    .insertInto('person')
    .values({ id: personId, email })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return false
  await tx
    .insertInto('credential')
    .values({ person_id: personId, password_hash: passwordHash, changed_at: sql<Date>`app_now()` })
    .execute()
  return true
}

/** Keeps the own password as it was found until the transaction ends; false when it has been changed meanwhile. */
export async function holdOwnPassword(tx: Transaction<Schema>, { personId, passwordHash }: Account): Promise<boolean> {
  const row = await tx
    .selectFrom('credential')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('password_hash', '=', passwordHash)
    .forShare()
    .executeTakeFirst()
  return row !== undefined
}

/** Locks the own password until the transaction ends. */
export async function lockOwnPassword(
  tx: Transaction<Schema>,
  personId: string,
): Promise<{ passwordHash: string; email: string }> {
  const row = await tx
    .selectFrom('credential')
    .innerJoin('person', 'person.id', 'credential.person_id')
    .select(['credential.password_hash', 'person.email'])
    .where('person_id', '=', personId)
    .forUpdate('credential')
    .executeTakeFirst()
  if (!row) throw new DomainError('not_found', 'person.not_found')
  return { passwordHash: row.password_hash, email: row.email }
}

export async function saveOwnPassword(tx: Transaction<Schema>, { personId, passwordHash }: Account): Promise<void> {
  await tx
    .updateTable('credential')
    .set({ password_hash: passwordHash, changed_at: sql<Date>`app_now()` })
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirstOrThrow()
}
