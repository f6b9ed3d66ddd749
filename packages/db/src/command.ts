import { createHash } from 'node:crypto'
import { type Actor, DomainError } from '@samkraft/kernel'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Base } from './base/schema.ts'
import { askTogether, type Question } from './ask-together.ts'
import { failpoint } from './failpoint.ts'
import { forgetInLots } from './forget-in-lots.ts'
import { type Part, writeTogether } from './write-together.ts'
import { transact } from './transaction.ts'

type CommandCall<Row = never> = Readonly<{
  /** What is done, such as `offer.publish`; named in audit, logs and failpoints. */
  name: string
  /** Made by the caller; the same key again gives the first result. */
  key: string
  /** The parsed input, to refuse a key that is used again for something else. */
  input: unknown
  /** What the command must know before it decides, asked in the same round trip as its key. What it changes is undone on a repeat. */
  opening?: Question<Row>
}>

type Begun = { first: boolean; same_input: boolean; result: unknown }

/** Leaves the transaction of a command that has been run before. */
class Repeated extends Error {
  readonly result: unknown
  constructor(result: unknown) {
    super('this command has been run before')
    this.result = result
  }
}

/** The result of a command as part of a statement that writes more than it, for a command that counts its round trips. */
export type Keep<Result> = (result: Result) => Part

/**
 * Runs a command once per (organisation, key): one transaction in the actor's tenant context, its result kept with it.
 * A repeat, also one that arrives while the first still runs, returns the first result and changes nothing.
 * The result must be JSON; `run` may keep it itself with what else it writes. Refuses a key reused for other input:
 * `conflict command.key_reused`.
 */
export async function runCommand<Schema extends Base, Result, Row = never>(
  db: Kysely<Schema>,
  actor: Actor,
  { name, key, input, opening }: CommandCall<Row>,
  run: (tx: Transaction<Schema>, keep: Keep<Result>, opened: readonly Row[]) => Promise<Result>,
): Promise<Result> {
  const hash = createHash('sha256').update(JSON.stringify(input)).digest('base64')
  const result = await transact(db, async (tx) => {
    const beginning = sql<Begun>`
      select * from begin_command(${actor.organisationId}::uuid, ${actor.personId}::uuid, ${key}::uuid, ${name}, ${hash})`
    const [[begun], opened] = opening
      ? await askTogether(tx, [beginning, opening])
      : [(await beginning.execute(tx)).rows, []]
    if (!begun?.same_input) throw new DomainError('conflict', 'command.key_reused')
    if (!begun.first) throw new Repeated(begun.result)
    let kept = false
    const keep = (outcome: Result): Part => {
      kept = true
      return sql`kept as (update command set result = ${JSON.stringify(outcome ?? null)}::jsonb
        where organisation_id = ${actor.organisationId}::uuid and key = ${key}::uuid)`
    }
    const fresh = await run(tx, keep, opened)
    if (!kept) await writeTogether(tx, [keep(fresh)])
    failpoint(`${name}.before-commit`)
    return fresh
  }).catch((error: unknown) => {
    // What was stored is what `run` returned the first time, as JSON.
    if (error instanceof Repeated) return error.result as Result
    throw error
  })
  failpoint(`${name}.after-commit`)
  return result
}

/** Forgets commands a month after they were made, of all organisations; a repeat after that is a new command. */
export function forgetCommands<Schema extends Base>(db: Kysely<Schema>): Promise<void> {
  const old = sql`select ctid from command where created_at < now() - interval '30 days' order by created_at`
  return forgetInLots(db, 5_000, (most) => sql`delete from command where ctid = any(array(${old} limit ${most}))`)
}
