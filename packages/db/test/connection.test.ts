import { sql } from 'kysely'
import { expect } from 'vitest'
import { connect, createPool } from '../src/index.ts'
import { test } from './fixture.ts'

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

test('a pool answers plain SQL as well, with values and without', async ({ database }) => {
  const pool = createPool(database.appUrl, { max: 1 })
  await expect(pool.query('select 1 as one')).resolves.toMatchObject({ rows: [{ one: 1 }] })
  await expect(pool.query('select $1::int as two', [2])).resolves.toMatchObject({ rows: [{ two: 2 }] })
  await pool.end()
})
