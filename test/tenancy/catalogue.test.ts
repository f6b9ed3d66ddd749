import { createTestDatabase, type TestDatabase } from '@samkraft/db/testing'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../world/world.ts'
import { type ServiceName, servicesOf } from './examples.ts'

/** What every party may read, or what belongs to no organisation. Everything else is private. */
const open: Readonly<Record<ServiceName, readonly string[]>> = {
  identity: ['organisation', 'sign_in_attempt', 'known_place'],
  marketplace: [
    ...['competence', 'competence_code', 'occupation', 'occupation_substitute'],
    ...[
      'hold',
      'offer_conditions',
      'organisation',
      'published_offer',
      'published_request',
      'skill',
      'ssyk',
      'ssyk_skill',
      'vocabulary_source',
    ],
  ],
  matching: [
    'arrangement_pair',
    'arrangement_share',
    'match',
    'offer',
    'offer_competence',
    'organisation',
    'plan_work',
    'pooled_need',
    'pooled_need_request',
    'request',
    'request_competence',
  ],
  arrangements: ['diary_series', 'offer', 'organisation', 'request'],
}
const house = ['audit_head', 'clock', 'inbox', 'outbox', 'stream', 'kysely_migration', 'kysely_migration_lock']

describe.for(servicesOf(open))('the database of %s', (service) => {
  let database: TestDatabase
  let superuser: pg.Client

  beforeAll(async () => {
    database = await createTestDatabase(migrations[service])
    superuser = new pg.Client({ connectionString: database.adminUrl })
    await superuser.connect()
  })
  afterAll(async () => {
    await superuser.end()
    await database.drop()
  })

  async function tables(): Promise<{ name: string; guarded: boolean }[]> {
    const { rows } = await superuser.query<{ name: string; guarded: boolean }>(`
      select relname as name,
        relrowsecurity and relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid) as guarded
      from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`)
    return rows.filter(({ name }) => !house.includes(name))
  }
  const namesOf = async (guarded: boolean) =>
    (await tables()).filter((table) => table.guarded === guarded).map(({ name }) => name)

  test('keeps every table private by row-level security, enabled and forced, or knows that it is open', async () => {
    expect(await namesOf(false)).toEqual([...open[service]].sort())
  })

  test('would be caught without any one part of it', async () => {
    for (const table of await namesOf(true)) {
      for (const [remove, restore] of [
        ['disable row level security', 'enable row level security'],
        ['no force row level security', 'force row level security'],
      ]) {
        await superuser.query(`alter table ${table} ${remove}`)
        expect(await namesOf(false)).toContain(table)
        await superuser.query(`alter table ${table} ${restore}`)
      }
    }
  })

  test('is run by a role that owns nothing and stands above no rule', async () => {
    const { username } = new URL(database.appUrl)
    const { rows: roles } = await superuser.query(
      'select rolsuper or rolbypassrls or rolcreaterole as above from pg_roles where rolname = $1',
      [username],
    )
    const { rows: owned } = await superuser.query(
      "select relname from pg_class where relnamespace = 'public'::regnamespace and pg_get_userbyid(relowner) = $1",
      [username],
    )
    expect(roles).toEqual([{ above: false }])
    expect(owned).toEqual([])
  })
})
