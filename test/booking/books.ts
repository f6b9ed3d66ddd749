import { setTimeout as pause } from 'node:timers/promises'
import type { Service } from '@samkraft/contracts'
import { type Base, connect, createPool, verifyAudit } from '@samkraft/db'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { runClock } from '../../services/arrangements/src/app/run-clock.ts'
import type { Schema as ArrangementsSchema } from '../../services/arrangements/src/db/schema.ts'
import type { History } from './history.ts'

const patienceMilliseconds = 60_000

/** What the services have written down, read as superuser and past all of them. */
export type Books = Awaited<ReturnType<typeof openBooks>>

/** A superuser's URL of each database; matching's only where it is running. */
type Shelves = Readonly<
  Record<'identity' | 'marketplace' | 'arrangements', string> & Partial<Record<'matching', string>>
>

export async function openBooks(shelves: Shelves) {
  await using parts = new AsyncDisposableStack()
  const open = (url: string) => {
    const pool = createPool(url, { max: 3, name: 'books' })
    parts.defer(() => pool.end())
    return pool
  }
  const [identity, marketplace, arrangements] = [
    open(shelves.identity),
    open(shelves.marketplace),
    open(shelves.arrangements),
  ]
  const matching = shelves.matching === undefined ? null : open(shelves.matching)

  /**
   * Whether nothing is under way: every event of these aggregates (of all, when none are named) has reached its listeners,
   * and is marked as sent. Sums suffice, since an inbox never runs ahead of its stream; the second look at the first stream
   * makes sure that nothing began meanwhile.
   */
  async function isSettled(ids?: readonly string[]): Promise<boolean> {
    const register = ids ? 0 : await sum(identity, 'stream')
    const asked = await sum(arrangements, 'stream', ids)
    if ((await sum(marketplace, 'inbox', ids)) !== register + asked) return false
    const answered = await sum(marketplace, 'stream', ids)
    if ((await sum(arrangements, 'inbox', ids)) !== register + answered) return false
    if (matching && (await sum(matching, 'inbox', ids)) !== register + asked + answered) return false
    if ((await sum(arrangements, 'stream', ids)) !== asked) return false
    return (await Promise.all([identity, marketplace, arrangements].map((db) => isSent(db, ids)))).every(Boolean)
  }

  const moved = parts.move()
  return {
    async settled(ids?: readonly string[]): Promise<void> {
      const until = Date.now() + patienceMilliseconds
      while (!(await isSettled(ids))) {
        if (Date.now() > until) throw new Error(`events are still under way after ${patienceMilliseconds / 1_000} s`)
        await pause(5)
      }
    },
    identity,
    marketplace,
    arrangements,
    matching,
    /** Where these stand now: their status and version. */
    standing: (table: 'offer' | 'arrangement', ids: readonly string[]) =>
      standing(table === 'offer' ? marketplace : arrangements, table, ids),
    history: (offerIds: readonly string[]) => readHistory({ marketplace, arrangements }, offerIds),
    /** Moves the clock of arrangements on, and lets the service do what is then due. */
    async passTime(interval: string, appUrl: string): Promise<void> {
      await arrangements.query('update clock set shift = shift + $1::interval', [interval])
      await using parts = new AsyncDisposableStack()
      const db = connect<ArrangementsSchema>(appUrl)
      parts.defer(() => db.destroy())
      // It makes a few hundred moves at a time.
      for (let [before, made] = [-1, 0]; made !== before; [before, made] = [made, await sum(arrangements, 'stream')])
        await runClock({ db })
    },
    async auditFaults(): Promise<string[]> {
      const found = await Promise.all([identity, marketplace, arrangements].map(brokenChains))
      return found.flat()
    },
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

/** The books of a whole constellation, which lie in the Postgres it has of its own. */
export async function openAllBooks(adminUrl: string | undefined) {
  if (!adminUrl) throw new Error('the constellation has no Postgres of its own')
  const shelf = (service: Service) => Object.assign(new URL(adminUrl), { pathname: `/samkraft_${service}` }).href
  const books = await openBooks({
    identity: shelf('identity'),
    marketplace: shelf('marketplace'),
    matching: shelf('matching'),
    arrangements: shelf('arrangements'),
  })
  const { matching } = books
  if (!matching) throw new Error('matching keeps no books')
  return { ...books, matching }
}

async function sum(db: pg.Pool, table: 'stream' | 'inbox', ids?: readonly string[]): Promise<number> {
  const { rows } = await db.query<{ sum: number }>(
    `select coalesce(sum(sequence), 0)::float8 as sum from ${table} where $1::uuid[] is null or aggregate_id = any($1)`,
    [ids ?? null],
  )
  return rows[0]?.sum ?? 0
}

async function isSent(db: pg.Pool, ids?: readonly string[]): Promise<boolean> {
  const { rows } = await db.query(
    `select from outbox where published_at is null and ($1::uuid[] is null or aggregate_id = any($1)) limit 1`,
    [ids ?? null],
  )
  return rows.length === 0
}

export type Standing = Readonly<{ id: string; status: string; version: number }>

async function standing(
  db: pg.Pool,
  table: 'offer' | 'arrangement',
  ids: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await db.query<Standing>(`select id, status, version from ${table} where id = any($1)`, [ids])
  return new Map(rows.map((row) => [row.id, row]))
}

type Databases = Readonly<{ marketplace: pg.Pool; arrangements: pg.Pool }>

/** Everything that was ever written about these offers, each list in the order in which it happened. */
async function readHistory({ marketplace, arrangements }: Databases, offerIds: readonly string[]): Promise<History> {
  const [events, holds, ledgerAudit, steps, arrangementEvents, arrangementAudit] = await Promise.all([
    marketplace.query(
      `select aggregate_id as id, sequence, type, data from outbox where aggregate_id = any($1) order by aggregate_id, sequence`,
      [offerIds],
    ),
    marketplace.query(
      `select offer_id as "offerId", arrangement_id as "arrangementId", request_id as "requestId", period,
        hours_per_week as "hoursPerWeek", state from hold where offer_id = any($1)`,
      [offerIds],
    ),
    marketplace.query(
      `select command, after ->> 'arrangementId' as "arrangementId" from audit
        where subject_id = any($1) and command like 'ledger.%' order by organisation_id, number`,
      [offerIds],
    ),
    arrangements.query(
      `select s.arrangement_id as id, s.version, s.move, s.side, s.from_status as "from", s.to_status as "to", s.reason
        from step s join arrangement a on a.id = s.arrangement_id where a.offer_id = any($1) order by s.arrangement_id, s.version`,
      [offerIds],
    ),
    arrangements.query(
      `select o.aggregate_id as id, o.sequence, o.type, o.data from outbox o join arrangement a on a.id = o.aggregate_id
        where a.offer_id = any($1) order by o.aggregate_id, o.sequence`,
      [offerIds],
    ),
    arrangements.query(
      `select l.subject_id as id, count(*)::int as entries from audit l join arrangement a on a.id = l.subject_id
        where a.offer_id = any($1) group by 1`,
      [offerIds],
    ),
  ])
  return {
    offerEvents: events.rows,
    holds: holds.rows,
    ledgerAudit: ledgerAudit.rows,
    steps: steps.rows,
    arrangementEvents: arrangementEvents.rows,
    auditEntries: new Map(arrangementAudit.rows.map(({ id, entries }) => [id, entries])),
  }
}

/** Every organisation's chain, walked from its first link. */
async function brokenChains(pool: pg.Pool): Promise<string[]> {
  const db = new Kysely<Base>({ dialect: new PostgresDialect({ pool }) })
  const { rows: short } = await pool.query<{ id: string }>(
    `select organisation_id as id from audit_head h
      where number <> (select count(*) from audit a where a.organisation_id = h.organisation_id)`,
  )
  const chains = await db.selectFrom('audit').select('organisation_id').distinct().execute()
  const faults = short.map(({ id }) => `the audit chain of ${id} ends before its head`)
  for (const { organisation_id: organisationId } of chains) {
    const { brokenAt } = await verifyAudit(db, { organisationId })
    if (brokenAt !== null) faults.push(`the audit chain of ${organisationId} is broken at ${brokenAt}`)
  }
  return faults
}
