import { sayAfterCommit } from '@samkraft/db'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** Wakes the workers that match and those that plan, of every process, once the transaction has committed. */
export function wakeWorkers(tx: Transaction<Schema>): void {
  sayAfterCommit(tx, 'work')
}

/** The Monday of the week it is, in Sweden and by the database's clock. */
export async function thisWeek(tx: Transaction<Schema>): Promise<string> {
  const { rows } = await sql<{ monday: string }>`select date_trunc('week', app_today())::date as monday`.execute(tx)
  const monday = rows[0]?.monday
  if (!monday) throw new Error('the database does not know what day it is')
  return monday
}
