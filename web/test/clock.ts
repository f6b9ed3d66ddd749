import pg from 'pg'
import { databases } from './surroundings.ts'

/** Sets the clock of arrangements to nine in the morning of a day; null sets it right again. */
export async function setClock(day: string | null): Promise<void> {
  await query(
    'arrangements',
    `update clock set shift = coalesce(($1::date + time '09:00') at time zone 'Europe/Stockholm' - now(), '0')`,
    [day],
  )
}

/** Lets the sessions of a person lie unused for so long. */
export async function letIdle(email: string, minutes: number): Promise<void> {
  await query('identity', `update session set seen_at = app_now() - make_interval(mins => $2) ${ofPerson}`, [
    email,
    minutes,
  ])
}

/** For how many minutes the one session of a person has lain unused. */
export async function idleFor(email: string): Promise<number> {
  const asked = `select (extract(epoch from app_now() - seen_at) / 60)::float8 as minutes from session ${ofPerson}`
  const [row] = await query<{ minutes: number }>('identity', asked, [email])
  return row?.minutes ?? NaN
}

const ofPerson = 'where person_id = (select id from person where email = $1)'

async function query<Row extends pg.QueryResultRow>(
  service: string,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const address = new URL(databases)
  address.pathname = `/samkraft_${service}`
  const client = new pg.Client({ connectionString: address.href })
  await client.connect()
  try {
    return (await client.query<Row>(text, [...values])).rows
  } finally {
    await client.end()
  }
}
