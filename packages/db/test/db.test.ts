import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import {
  announce,
  appendEvent,
  asActor,
  asOrganisation,
  consume,
  forgetCommands,
  listen,
  OutOfOrder,
  readAudit,
  recordAudit,
  runCommand,
  verifyAudit,
} from '../src/index.ts'
import { anActor, noteWritten, test } from './fixture.ts'

describe('tenancy', () => {
  test('a row is seen by its own organisation, and by nobody without a tenant context', async ({ db }) => {
    const [mine, other] = [anActor(), anActor()]
    const note = { id: randomUUID(), organisation_id: mine.organisationId, text: 'ours' }
    await asActor(db, mine, (tx) => tx.insertInto('note').values(note).execute())

    await expect(asActor(db, mine, (tx) => tx.selectFrom('note').selectAll().execute())).resolves.toEqual([note])
    await expect(asActor(db, other, (tx) => tx.selectFrom('note').selectAll().execute())).resolves.toEqual([])
    await expect(db.selectFrom('note').selectAll().execute()).resolves.toEqual([])
  })

  test('a connection handed on by the pool carries no tenant with it', async ({ db }) => {
    const mine = anActor()
    await asActor(db, mine, (tx) =>
      tx.insertInto('note').values({ id: randomUUID(), organisation_id: mine.organisationId, text: 'x' }).execute(),
    )
    const counts = await Promise.all(
      Array.from({ length: 30 }, () =>
        db
          .selectFrom('note')
          .select(sql<number>`count(*)`.as('n'))
          .executeTakeFirstOrThrow(),
      ),
    )
    expect(new Set(counts.map(({ n }) => n))).toEqual(new Set([0]))
  })

  test('an organisation cannot write a row for another', async ({ db }) => {
    const values = { id: randomUUID(), organisation_id: randomUUID(), text: 'not ours' }
    await expect(asActor(db, anActor(), (tx) => tx.insertInto('note').values(values).execute())).rejects.toThrow(
      'row-level security',
    )
  })

  test('the owner of the tables is bound by row-level security as well', async ({ db, owner }) => {
    const mine = anActor()
    await asActor(db, mine, (tx) =>
      tx.insertInto('note').values({ id: randomUUID(), organisation_id: mine.organisationId, text: 'x' }).execute(),
    )
    await expect(owner.selectFrom('note').selectAll().execute()).resolves.toEqual([])
  })

  test('the app role can neither rewrite the audit log, read its head, move the clock nor change the schema', async ({
    db,
  }) => {
    for (const statement of [
      sql`update audit set command = 'x'`,
      sql`delete from audit`,
      sql`select * from audit_head`,
      sql`update clock set shift = '1 day'`,
      sql`create table x ()`,
      sql`alter table note disable row level security`,
    ]) {
      await expect(statement.execute(db)).rejects.toThrow(/permission denied|must be owner/)
    }
  })
})

describe('commands', () => {
  const write = (text: string, ran: string[]) => async () => {
    ran.push(text)
    return { text }
  }

  test('a repeat returns the first result and runs nothing', async ({ db }) => {
    const [actor, call, ran] = [anActor(), { name: 'note.write', key: randomUUID(), input: { a: 1 } }, [] as string[]]
    await expect(runCommand(db, actor, call, write('first', ran))).resolves.toEqual({ text: 'first' })
    await expect(runCommand(db, actor, call, write('second', ran))).resolves.toEqual({ text: 'first' })
    expect(ran).toEqual(['first'])
  })

  test('repeats that arrive together run once', async ({ db }) => {
    const [actor, call, ran] = [anActor(), { name: 'note.write', key: randomUUID(), input: {} }, [] as string[]]
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => runCommand(db, actor, call, write(`${index}`, ran))),
    )
    expect(ran).toHaveLength(1)
    expect(new Set(results.map(({ text }) => text))).toEqual(new Set(ran))
  })

  test('a key is good for one input of one command', async ({ db }) => {
    const [actor, key] = [anActor(), randomUUID()]
    await runCommand(db, actor, { name: 'note.write', key, input: { a: 1 } }, async () => null)
    await expect(
      runCommand(db, actor, { name: 'note.write', key, input: { a: 2 } }, async () => null),
    ).rejects.toMatchObject({ code: 'command.key_reused' })
    await expect(
      runCommand(db, actor, { name: 'note.burn', key, input: { a: 1 } }, async () => null),
    ).rejects.toMatchObject({ code: 'command.key_reused' })
  })

  test('another organisation that picks the same key runs its own command', async ({ db }) => {
    const [call, ran] = [{ name: 'note.write', key: randomUUID(), input: {} }, [] as string[]]
    await runCommand(db, anActor(), call, write('ours', ran))
    await expect(runCommand(db, anActor(), call, write('theirs', ran))).resolves.toEqual({ text: 'theirs' })
  })

  test('a command is forgotten after a month, whose ever it was, and no sooner', async ({ db, admin }) => {
    const [actor, input] = [anActor(), {}]
    const [old, recent] = [randomUUID(), randomUUID()]
    for (const key of [old, recent])
      await runCommand(db, actor, { name: 'note.write', key, input }, async () => ({ text: 'first' }))
    const since = { [old]: '31 days', [recent]: '29 days' }
    for (const [key, interval] of Object.entries(since))
      await sql`update command set created_at = now() - ${interval}::interval where key = ${key}::uuid`.execute(admin)
    await forgetCommands(db)
    const kept = await admin.selectFrom('command').select('key').where('key', 'in', [old, recent]).execute()
    expect(kept).toEqual([{ key: recent }])
  })

  test('many are forgotten a part at a time: where one cannot go, those before it are gone', async ({ db, admin }) => {
    const organisation = randomUUID()
    await sql`
      insert into command (organisation_id, key, name, input_hash, created_at)
      select ${organisation}::uuid, gen_random_uuid(), 'note.write', '', now() - interval '40 days' + n * interval '1 second'
      from generate_series(1, 6000) n`.execute(admin)
    const old = admin.selectFrom('command').where('organisation_id', '=', organisation)
    const forgetting = await admin.transaction().execute(async (tx) => {
      await sql`select from command where organisation_id = ${organisation}::uuid order by created_at desc limit 1
        for update`.execute(tx)
      const begun = forgetCommands(db)
      await expect.poll(() => old.select('key').execute()).toHaveLength(1_000)
      return { begun }
    })
    await forgetting.begun
    expect(await old.select('key').execute()).toEqual([])
  })

  test('a command that failed may be tried again with its key', async ({ db }) => {
    const [actor, call] = [anActor(), { name: 'note.write', key: randomUUID(), input: {} }]
    await expect(runCommand(db, actor, call, () => Promise.reject(new Error('broke')))).rejects.toThrow('broke')
    await expect(runCommand(db, actor, call, async () => 'done')).resolves.toBe('done')
  })
})

describe('audit', () => {
  const entry = (organisationId: string, concerns: string[] = []) =>
    ({
      organisationId,
      personId: null,
      requestId: 'r',
      command: 'note.write',
      subjectType: 'note',
      subjectId: randomUUID(),
      before: null,
      after: { a: 1 },
      concerns,
    }) as const

  test('entries chain per organisation, also when written in parallel', async ({ db }) => {
    const mine = anActor()
    await Promise.all(
      Array.from({ length: 12 }, () => asActor(db, mine, (tx) => recordAudit(tx, entry(mine.organisationId)))),
    )
    await expect(asActor(db, mine, (tx) => verifyAudit(tx, mine))).resolves.toEqual({ entries: 12, brokenAt: null })
  })

  test('a changed or removed entry shows', async ({ db, admin }) => {
    const mine = anActor()
    for (let count = 0; count < 4; count += 1)
      await asActor(db, mine, (tx) => recordAudit(tx, entry(mine.organisationId)))
    await sql`update audit set after = '{"a":2}' where organisation_id = ${mine.organisationId} and number = 2`.execute(
      admin,
    )
    await expect(asActor(db, mine, (tx) => verifyAudit(tx, mine))).resolves.toEqual({ entries: 4, brokenAt: 2 })
    await sql`delete from audit where organisation_id = ${mine.organisationId} and number = 2`.execute(admin)
    await expect(asActor(db, mine, (tx) => verifyAudit(tx, mine))).resolves.toEqual({ entries: 3, brokenAt: 3 })
  })

  test('that the newest entries are removed shows, also when they were all', async ({ db, admin }) => {
    const mine = anActor()
    const check = () => asActor(db, mine, (tx) => verifyAudit(tx, mine))
    await expect(check()).resolves.toEqual({ entries: 0, brokenAt: null })
    for (let count = 0; count < 3; count += 1)
      await asActor(db, mine, (tx) => recordAudit(tx, entry(mine.organisationId)))
    await sql`delete from audit where organisation_id = ${mine.organisationId} and number = 3`.execute(admin)
    await expect(check()).resolves.toEqual({ entries: 2, brokenAt: 3 })
    await sql`delete from audit where organisation_id = ${mine.organisationId}`.execute(admin)
    await expect(check()).resolves.toEqual({ entries: 0, brokenAt: 1 })
  })

  test('those concerned read an entry, others do not, in pages', async ({ db }) => {
    const [mine, concerned, stranger] = [anActor(), anActor(), anActor()]
    for (let count = 0; count < 5; count += 1)
      await asActor(db, mine, (tx) =>
        recordAudit(tx, { ...entry(mine.organisationId, [concerned.organisationId]), personId: mine.personId }),
      )
    const first = await asActor(db, concerned, (tx) => readAudit(tx, { limit: 3 }))
    const second = await asActor(db, concerned, (tx) => readAudit(tx, { limit: 3, cursor: first.next ?? '' }))
    expect([...first.items, ...second.items].map(({ number }) => number)).toEqual([5, 4, 3, 2, 1])
    expect(second.next).toBeNull()
    // Who acted for another authority is that authority's to say.
    const own = await asActor(db, mine, (tx) => readAudit(tx, { limit: 1 }))
    expect([own, first].map(({ items }) => items[0]?.personId)).toEqual([mine.personId, null])
    await expect(asActor(db, stranger, (tx) => readAudit(tx, { limit: 3 }))).resolves.toEqual({ items: [], next: null })
  })
})

describe('events', () => {
  const append = (aggregateId: string) => ({
    aggregateId,
    organisationId: randomUUID(),
    requestId: 'r',
    data: { noteId: randomUUID() },
  })

  test('sequence counts without a gap, whatever rolled back and however many write at once', async ({ db }) => {
    const aggregateId = randomUUID()
    await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        asActor(db, anActor(), async (tx) => {
          await appendEvent(tx, noteWritten, append(aggregateId))
          if (index % 3 === 0) throw new Error('rolled back')
        }),
      ),
    )
    const rows = await db
      .selectFrom('outbox')
      .select('sequence')
      .where('aggregate_id', '=', aggregateId)
      .orderBy('position')
      .execute()
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1))
  })

  test('data that is not what the event promises is not written', async ({ db }) => {
    const wrong = { ...append(randomUUID()), data: { noteId: 'Anna Andersson' } }
    await expect(asActor(db, anActor(), (tx) => appendEvent(tx, noteWritten, wrong))).rejects.toThrow()
  })

  const envelope = (aggregateId: string, sequence: number) => ({
    id: randomUUID(),
    type: noteWritten.type,
    aggregate: 'offer' as const,
    aggregateId,
    sequence,
    organisationId: randomUUID(),
    requestId: 'r',
    occurredAt: new Date().toISOString(),
    data: { noteId: randomUUID() },
  })

  test('an event takes effect once, however many workers hold it', async ({ db }) => {
    const [event, organisationId] = [envelope(randomUUID(), 1), randomUUID()]
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        consume(db, { event, organisationId }, async (tx) => {
          await tx
            .insertInto('note')
            .values({ id: randomUUID(), organisation_id: organisationId, text: event.id })
            .execute()
        }),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1)
    const notes = await asOrganisation(db, organisationId, (tx) =>
      tx.selectFrom('note').selectAll().where('text', '=', event.id).execute(),
    )
    expect(notes).toHaveLength(1)
  })

  test('an event waits for the one before it, and one whose effect failed is still the next', async ({ db }) => {
    const [aggregateId, organisationId] = [randomUUID(), randomUUID()]
    const [first, second] = [envelope(aggregateId, 1), envelope(aggregateId, 2)]
    const nothing = async () => {}
    await expect(consume(db, { event: second, organisationId }, nothing)).rejects.toBeInstanceOf(OutOfOrder)
    await expect(
      consume(db, { event: first, organisationId }, () => Promise.reject(new Error('broke'))),
    ).rejects.toThrow('broke')
    await expect(consume(db, { event: first, organisationId }, nothing)).resolves.toBe('applied')
    await expect(consume(db, { event: second, organisationId }, nothing)).resolves.toBe('applied')
    await expect(consume(db, { event: first, organisationId }, nothing)).resolves.toBe('repeated')
  })
})

describe('live', () => {
  test('an announcement arrives when its transaction commits, also after the listener lost its connection', async ({
    db,
    database,
    admin,
  }) => {
    const heard: string[] = []
    let connected = Promise.withResolvers<unknown>()
    await using listening = await listen(
      database.appUrl,
      'live',
      (payload) => heard.push(payload),
      () => connected.resolve(null),
    )
    expect(listening).toBeDefined()
    await connected.promise
    connected = Promise.withResolvers<unknown>()
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'listen live' and datname = current_database()`.execute(
      admin,
    )
    await connected.promise
    const id = randomUUID()
    await asActor(db, anActor(), async (tx) => announce(tx, { organisations: [], noun: 'offer', id }))
    await expect.poll(() => heard).toEqual([JSON.stringify({ organisations: [], noun: 'offer', id })])
  })
})
