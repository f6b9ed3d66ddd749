import { services } from '@samkraft/contracts'
import type pg from 'pg'

/** The four databases as superuser. */
export type Databases = Readonly<Record<(typeof services)[number], pg.Pool>>

/** What every table of every database holds (`marketplace.offer`): how many rows, and a sum over when each was last written. */
export type Traces = ReadonlyMap<string, Readonly<{ rows: number; written: string }>>

/**
 * Any row that is added, removed or written again leaves another trace, also where the same values are written. What a
 * transaction did that was rolled back leaves none.
 */
export async function readTraces(databases: Databases): Promise<Traces> {
  const found = await Promise.all(services.map(async (service) => tracesOf(service, databases[service])))
  return new Map(found.flat())
}

async function tracesOf(service: string, pool: pg.Pool) {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by relname`,
  )
  const parts = tables.map(
    ({ name }) => `select '${name}' as name, count(*)::int as rows,
      coalesce(sum(hashtextextended(ctid::text || xmin::text, 0)), 0)::text as written from "${name}"`,
  )
  const { rows } = await pool.query<{ name: string; rows: number; written: string }>(parts.join(' union all '))
  return rows.map(({ name, rows, written }) => [`${service}.${name}`, { rows, written }] as const)
}

/** The tables that were written to in between, `ignored` aside. */
export function writtenBetween(before: Traces, after: Traces, ignored: readonly string[] = []): string[] {
  return [...after.keys()].filter(
    (table) => !ignored.includes(table) && before.get(table)?.written !== after.get(table)?.written,
  )
}

/** How many rows each table of a service has gained (lost, when negative). */
export function rowsGained(before: Traces, after: Traces, service: string): [table: string, rows: number][] {
  return [...after]
    .map(([table, { rows }]): [string, number] => [table, rows - (before.get(table)?.rows ?? 0)])
    .filter(([table, rows]) => rows !== 0 && table.startsWith(`${service}.`))
}
