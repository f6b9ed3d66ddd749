import pg from 'pg'
import { databases } from './surroundings.ts'

/** Sets the clock of arrangements to nine in the morning of a day; null sets it right again. */
export async function setClock(day: string | null): Promise<void> {
  const address = new URL(databases)
  address.pathname = '/samkraft_arrangements'
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    await client.query(
      `update clock set shift = coalesce(($1::date + time '09:00') at time zone 'Europe/Stockholm' - now(), '0')`,
      [day],
    )
  } finally {
    await client.end()
  }
}
