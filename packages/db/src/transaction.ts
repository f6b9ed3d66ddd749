import { setTimeout as delay } from 'node:timers/promises'
import type { Actor } from '@samkraft/kernel'
import { type Kysely, sql, type Transaction } from 'kysely'
import { sentWithNext } from './client.ts'
import { isRetriable, translateFailure } from './failure.ts'
import { hearing, say } from './herald.ts'

const attempts = 5

/** One transaction, run again when the database broke a deadlock in somebody else's favour. What it says is said when it has committed. */
export async function transact<Schema, Result>(
  db: Kysely<Schema>,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { result, news } = await db.transaction().execute((tx) => hearing(tx, run))
      say(db, news)
      return result
    } catch (error) {
      if (!isRetriable(error) || attempt === attempts) throw translateFailure(error)
      await delay(Math.random() * 20 * attempt)
    }
  }
}

/** Whose rows a transaction may touch, by the settings that policies of row-level security read. */
type Context = Readonly<Record<`app.${string}`, string>>

/** Puts the rest of the transaction in this context. */
export async function setContext<Schema>(tx: Transaction<Schema>, context: Context): Promise<void> {
  const settings = Object.entries(context).map(([name, value]) => sql`set_config(${name}, ${value}, true)`)
  await sql`${sentWithNext}select ${sql.join(settings)}`.execute(tx)
}

/** One transaction in this context. */
export function inContext<Schema, Result>(
  db: Kysely<Schema>,
  context: Context,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return transact(db, async (tx) => {
    await setContext(tx, context)
    return run(tx)
  })
}

/** One transaction that sees and writes what the actor's organisation may. */
export function asActor<Schema, Result>(
  db: Kysely<Schema>,
  { organisationId, personId }: Actor,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return inContext(db, { 'app.organisation': organisationId, 'app.person': personId }, run)
}

/**
 * Lets the transaction commit without waiting for the disk. Only for what is worked out anew when a crash of the server takes
 * it: the row that says that it is to be worked out must then come back with it.
 */
export async function withoutWaitingForDisk<Schema>(tx: Transaction<Schema>): Promise<void> {
  await sql`${sentWithNext}select set_config('synchronous_commit', 'off', true)`.execute(tx)
}

/**
 * One transaction in the tenant context of an organisation: for work no person asked for, such as events and deadlines, and for
 * sums of what that organisation alone sees.
 */
export function asOrganisation<Schema, Result>(
  db: Kysely<Schema>,
  organisationId: string,
  run: (tx: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return inContext(db, { 'app.organisation': organisationId }, run)
}
