import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { asActor, connect, createPool, transact, translateFailure } from '../src/index.ts'
import { layCable } from '../src/testing/index.ts'
import { anActor, type Schema, test } from './fixture.ts'

test('a connection lost between two statements fails the next one and nothing else', async ({ database, admin }) => {
  await using holding = connect(database.appUrl, { max: 1, name: 'lost in the middle' })
  const work = holding.transaction().execute(async (tx) => {
    await sql`select 1`.execute(tx)
    // Without a listener on the connection itself, this message alone would end the process.
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lost in the middle'`.execute(
      admin,
    )
    await expect
      .poll(() => sql`select from pg_stat_activity where application_name = 'lost in the middle'`.execute(admin))
      .toMatchObject({ rows: [] })
    await sql`select 2`.execute(tx)
  })
  await expect(work).rejects.toThrow()
  await expect(sql`select 3 as three`.execute(holding)).resolves.toMatchObject({ rows: [{ three: 3 }] })
})

test('a service that runs while a migration adds a column goes on: what it has prepared is prepared anew', async ({
  database,
  owner,
}) => {
  await using running = connect<Schema>(database.appUrl, { max: 1 })
  const actor = anActor()
  const all = () => asActor(running, actor, (tx) => tx.selectFrom('note').selectAll().where('text', '=', '').execute())
  const alone = () => running.selectFrom('note').selectAll().where('text', '<>', '').execute()
  await Promise.all([all(), alone()])
  await sql`alter table note add column colour text`.execute(owner)
  await expect(all()).resolves.toEqual([])
  await expect(alone()).resolves.toEqual([])
  await sql`alter table note drop column colour`.execute(owner)
  // Outside a transaction nothing is run again, but it is said that trying again makes sense, and then it does.
  const [refused] = await Promise.allSettled([alone()])
  expect(translateFailure(refused.status === 'rejected' && refused.reason)).toMatchObject({ kind: 'unavailable' })
  await expect(alone()).resolves.toEqual([])
})

test('a server that falls silent without a word is given up on, and its connections with it', async ({ database }) => {
  await using way = await layCable(database.appUrl)
  await using db = connect<Schema>(way.url, { max: 3, silence: 300 })
  const actor = anActor()
  const read = () => asActor(db, actor, (tx) => tx.selectFrom('note').select('id').execute())
  const readAll = () => Promise.allSettled([read(), read(), read(), read()])
  expect((await readAll()).map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'))
  way.freeze()
  const lost = expect.objectContaining({ reason: expect.objectContaining({ kind: 'unavailable' }) })
  expect(await Promise.allSettled([read(), read(), read()])).toEqual([lost, lost, lost])
  way.thaw()
  expect((await readAll()).map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'))
})

test('a server whose name leads nowhere for now is away, and that is no fault of whoever asks it', async () => {
  await using db = connect<Schema>('postgres://service@database.invalid/service')
  const read = asActor(db, anActor(), (tx) => tx.selectFrom('note').select('id').execute())
  await expect(read).rejects.toMatchObject({ kind: 'unavailable', code: 'database.unavailable' })
})

test('a server that only reads, as while another takes over from it, is away for whoever writes', async ({
  database,
  admin,
}) => {
  await using db = connect<Schema>(database.appUrl)
  const name = sql.id(new URL(database.appUrl).pathname.slice(1))
  await sql`alter database ${name} set default_transaction_read_only = on`.execute(admin)
  const actor = anActor()
  const note = { id: randomUUID(), organisation_id: actor.organisationId, text: '' }
  const write = () => asActor(db, actor, (tx) => tx.insertInto('note').values(note).execute())
  await expect(write()).rejects.toMatchObject({ kind: 'unavailable', code: 'database.unavailable' })
  await sql`alter database ${name} reset default_transaction_read_only`.execute(admin)
})

test('a pool answers plain SQL as well, with values and without', async ({ database }) => {
  const pool = createPool(database.appUrl, { max: 1 })
  await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] })
  await expect(pool.query('select $1::int as two', [2])).resolves.toMatchObject({ rows: [{ two: 2 }] })
  await pool.end()
})

test('two transactions that wait for each other both have their way: the one that is broken off is run again', async ({
  db,
}) => {
  const actor = anActor()
  const [one, other] = [randomUUID(), randomUUID()]
  const note = (id: string) => ({ id, organisation_id: actor.organisationId, text: '' })
  await asActor(db, actor, (tx) =>
    tx
      .insertInto('note')
      .values([note(one), note(other)])
      .execute(),
  )
  const eachHoldsOne = Promise.withResolvers<undefined>()
  let runs = 0
  const write = (text: string, [first, second]: [string, string]) =>
    asActor(db, actor, async (tx) => {
      await tx.updateTable('note').set({ text }).where('id', '=', first).execute()
      runs += 1
      if (runs === 2) eachHoldsOne.resolve(undefined)
      await eachHoldsOne.promise
      await tx.updateTable('note').set({ text }).where('id', '=', second).execute()
    })
  await Promise.all([write('forwards', [one, other]), write('backwards', [other, one])])
  expect(runs).toBe(3)
})

test('of transactions that cannot be put in an order, all but one are run again: no count is lost', async ({
  db,
  admin,
}) => {
  await sql`create table tally (count int not null)`.execute(admin)
  await sql`insert into tally values (0)`.execute(admin)
  await sql`grant select, update on tally to public`.execute(admin)
  const bothHaveRead = Promise.withResolvers<undefined>()
  let runs = 0
  const countOne = () =>
    transact(db, async (tx) => {
      await sql`set transaction isolation level serializable`.execute(tx)
      const { rows } = await sql<{ count: number }>`select count from tally`.execute(tx)
      runs += 1
      if (runs === 2) bothHaveRead.resolve(undefined)
      await bothHaveRead.promise
      await sql`update tally set count = ${rows[0]?.count ?? 0} + 1`.execute(tx)
    })
  await Promise.all([countOne(), countOne()])
  expect(runs).toBe(3)
  await expect(sql`select count from tally`.execute(admin)).resolves.toMatchObject({ rows: [{ count: 2 }] })
})
