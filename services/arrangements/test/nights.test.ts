import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { addDays } from '@samkraft/kernel'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { anArrangement, test, today } from './builders.ts'

const program = fileURLToPath(new URL('fixtures/run-clock.ts', import.meta.url))

/** Runs the clock in a process that thinks it is elsewhere. */
async function runClockIn(TZ: string, databaseUrl: string): Promise<void> {
  await promisify(execFile)(process.execPath, [program, databaseUrl], { env: { ...process.env, TZ } })
}

test.for([
  ['the day of 25 hours', { from: '2026-10-05', to: '2026-10-26' }],
  ['the day of 23 hours', { from: '2027-03-01', to: '2027-03-29' }],
] as const)(
  'what ends on %s ends at midnight in Sweden, wherever the process runs',
  async ([, period], { as, hear, county, on, owner, database }) => {
    const setClock = (moment: string) =>
      sql`update clock set shift = ${moment}::timestamp at time zone 'Europe/Stockholm' - now()`.execute(owner)
    await on(addDays(period.from, -20))
    const it = await anArrangement({ as, hear, county }, 'approved', { period })
    const officer = as(county.norberg.person(['officer']))

    // Already tomorrow in Auckland.
    await setClock(`${addDays(period.to, -1)} 23:30`)
    await runClockIn('Pacific/Auckland', database.appUrl)
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({ status: 'active' })
    // Still yesterday in New York.
    await setClock(`${period.to} 00:30`)
    await runClockIn('America/New_York', database.appUrl)
    await expect(officer.arrangement.get(it)).resolves.toMatchObject({ status: 'ended' })
    await on(today)
  },
)
