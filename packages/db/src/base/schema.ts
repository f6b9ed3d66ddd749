import type { ColumnType, Generated } from 'kysely'

/** The tables every service's database has; a service's own `Schema` extends this. */
export type Base = {
  outbox: OutboxTable
  stream: { aggregate_id: string; sequence: number }
  inbox: { aggregate_id: string; sequence: number }
  command: CommandTable
  audit: AuditTable
  clock: { one: Generated<boolean>; shift: string }
}

export type OutboxTable = {
  position: Generated<number>
  id: Generated<string>
  type: string
  aggregate: string
  aggregate_id: string
  sequence: number
  organisation_id: string
  request_id: string
  occurred_at: Generated<Date>
  data: ColumnType<Record<string, unknown>, string>
  published_at: Date | null
}

export type CommandTable = {
  organisation_id: string
  key: string
  name: string
  input_hash: string
  result: ColumnType<unknown, string | null>
  created_at: Generated<Date>
}

export type AuditTable = {
  organisation_id: string
  number: Generated<number>
  at: Generated<Date>
  person_id: string | null
  request_id: string
  command: string
  subject_type: string
  subject_id: string
  before: ColumnType<unknown, string | null>
  after: ColumnType<unknown, string | null>
  concerns: string[]
  previous_hash: Generated<Buffer>
  hash: Generated<Buffer>
}
