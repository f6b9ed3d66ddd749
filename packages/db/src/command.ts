import { createHash } from 'node:crypto'
import { type Actor, DomainError } from '@samkraft/kernel'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Base } from './base/schema.ts'
import { failpoint } from './failpoint.ts'
import { type Part, together } from './together.ts'
import { transact } from './transaction.ts'

export type CommandCall = Readonly<{
  /** What is done, such as `offer.publish`; named in audit, logs and failpoints. */
  name: string
  /** Made by the caller; the same key again gives the first result. */
  key: string
  /** The parsed input, to refuse a key that is used again for something else. */
  input: unknown
}>

type Begun = { first: boolean; same_input: boolean; result: unknown }

/** The result of a command as part of a statement that writes more than it, for a command that counts its round trips. */
export type Keep<Result> = (result: Result) => Part

/**
 * Runs a command once per (organisation, key): one transaction in the actor's tenant context, its result kept with it.
 * A repeat, also one that arrives while the first still runs, returns the first result and changes nothing.
 * The result must be JSON; `run` may keep it itself with what else it writes. Refuses a key reused for other input:
 * `conflict command.key_reused`.
 */
export async function runCommand<Schema extends Base, Result>(
  db: Kysely<Schema>,
  actor: Actor,
  { name, key, input }: CommandCall,
  run: (tx: Transaction<Schema>, keep: Keep<Result>) => Promise<Result>,
): Promise<Result> {
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('base64')
  const result = await transact(db, async (tx) => {
    const { rows } =
      await sql<Begun>`select * from begin_command(${actor.organisationId}::uuid, ${actor.personId}::uuid, ${key}::uuid, ${name}, ${hash})`.execute(
        tx,
      )
    const begun = rows[0]
    if (!begun?.same_input) throw new DomainError('conflict', 'command.key_reused')
    // What was stored is what `run` returned the first time, as JSON.
    if (!begun.first) return begun.result as Result
    let kept = false
    const keep = (outcome: Result): Part => {
      kept = true
      return sql`kept as (update command set result = ${JSON.stringify(outcome ?? null)}::jsonb
        where organisation_id = ${actor.organisationId}::uuid and key = ${key}::uuid)`
    }
    const fresh = await run(tx, keep)
    if (!kept) await together(tx, [keep(fresh)])
    failpoint(`${name}.before-commit`)
    return fresh
  })
  failpoint(`${name}.after-commit`)
  return result
}

/** Forgets commands a month after they were made, of all organisations; a repeat after that is a new command. */
export async function forgetCommands<Schema extends Base>(db: Kysely<Schema>): Promise<void> {
  await sql`delete from command where created_at < now() - interval '30 days'`.execute(db)
}
