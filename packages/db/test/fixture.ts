import { defineEvent } from '@samkraft/contracts'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { z } from 'zod'
import { type Base, enableTenancy, type Migrations } from '../src/index.ts'
import { testWithDatabase } from '../src/testing/index.ts'

/** A service as small as can be: private notes, and an event about them. */
export type Schema = Base & { note: { id: string; organisation_id: string; text: string } }

const notes: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`create table note (id uuid primary key, organisation_id uuid not null, text text not null)`.execute(db)
    await enableTenancy(db, 'note')
  },
}

export const migrations: Migrations = { '0001_notes': notes }

export const test = testWithDatabase<Schema>(migrations)

export const noteWritten = defineEvent('test.note_written.v1', 'offer', z.object({ noteId: z.uuid() }))

export function anActor(): { personId: string; organisationId: string; roles: ['officer'] } {
  return { personId: crypto.randomUUID(), organisationId: crypto.randomUUID(), roles: ['officer'] }
}
