import { randomUUID } from 'node:crypto'
import { createServer, connect as dial, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { asActor, askTogether, auditPart, connect, runCommand, writeTogether } from '../src/index.ts'
import { anActor, type Schema, test } from './fixture.ts'

/** A way to the server that counts how often it is spoken to, and how often it is waited for. */
async function countingCable(url: string) {
  const { hostname, port } = new URL(url)
  let packets = 0
  let waits = 0
  let answering = true
  const server = createServer((near) => {
    const far = dial(Number(port), hostname)
    near.on('data', (data) => {
      packets += 1
      if (answering) waits += 1
      answering = false
      // What is sent in one go may arrive in several packets: all of it is let come before it is carried on.
      setImmediate(() => far.write(data))
    })
    far.on('data', (data) => {
      answering = true
      near.write(data)
    })
    far.on('end', () => near.end())
    near.on('error', () => far.destroy())
    near.on('close', () => far.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const through = new URL(url)
  through.port = String((server.address() as AddressInfo).port)
  return { url: through.href, packets: () => packets, waits: () => waits, close: () => server.close() }
}

test('what needs no answer travels with what does: a transaction in a tenant context is two round trips', async ({
  database,
}) => {
  const cable = await countingCable(database.appUrl)
  const db = connect<{ note: { id: string } }>(cable.url, { max: 1 })
  const read = () => asActor(db, anActor(), (tx) => tx.selectFrom('note').select('id').where('id', '=', 'x').execute())
  await expect(asActor(db, anActor(), (tx) => sql`select 1 as one`.execute(tx))).resolves.toMatchObject({
    rows: [{ one: 1 }],
  })
  const before = cable.packets()
  await expect(asActor(db, anActor(), (tx) => sql`select 2 as two`.execute(tx))).resolves.toMatchObject({
    rows: [{ two: 2 }],
  })
  expect(cable.packets() - before).toBe(2)
  await expect(read()).rejects.toThrow('uuid')
  await db.destroy()
  cable.close()
})

test('questions asked together are waited for once, each gets its own answer, and one that fails fails them all', async ({
  database,
}) => {
  const cable = await countingCable(database.appUrl)
  const db = connect<{ note: { id: string; organisation_id: string } }>(cable.url, { max: 1 })
  const actor = anActor()
  const ask = (wrong: boolean) =>
    asActor(db, actor, (tx) =>
      askTogether(tx, [
        sql<{ one: number }>`select 1 as one`,
        tx.selectFrom('note').select('id').where('organisation_id', '=', actor.organisationId),
        sql<{ three: number }>`select ${wrong ? 'x' : 3}::int as three union all select 4 order by 1`,
      ]),
    )
  await ask(false)
  const before = cable.waits()
  await expect(ask(false)).resolves.toEqual([[{ one: 1 }], [], [{ three: 3 }, { three: 4 }]])
  expect(cable.waits() - before).toBe(2)
  await expect(ask(true)).rejects.toThrow('invalid input syntax')
  await expect(ask(false)).resolves.toHaveLength(3)
  await db.destroy()
  cable.close()
})

test('a command that asks with its key what it must know is two round trips, and a repeat leaves nothing of the asking', async ({
  database,
  db: beside,
}) => {
  const cable = await countingCable(database.appUrl)
  const db = connect<Schema>(cable.url, { max: 1 })
  const actor = anActor()
  const write = (key: string) => {
    const opening = sql<{ id: string }>`
      insert into note (id, organisation_id, text) values (uuidv7(), ${actor.organisationId}::uuid, 'asked') returning id`
    const call = { name: 'note.write', key, input: {}, opening }
    return runCommand(db, actor, call, async (tx, keep, [asked]) => {
      const result = { id: asked?.id }
      await writeTogether(tx, [keep(result)])
      return result
    })
  }
  await write(randomUUID())
  const key = randomUUID()
  const before = cable.waits()
  const first = await write(key)
  expect(cable.waits() - before).toBe(2)
  await expect(write(key)).resolves.toEqual(first)
  const notes = await asActor(beside, actor, (tx) => tx.selectFrom('note').select('id').execute())
  expect(notes).toHaveLength(2)
  expect(notes).toContainEqual(first)
  await db.destroy()
  cable.close()
})

test('a transaction that asks nothing says nothing to the server', async ({ database }) => {
  const cable = await countingCable(database.appUrl)
  const db = connect(cable.url, { max: 1 })
  await sql`select 1`.execute(db)
  const before = cable.packets()
  await db.transaction().execute(async () => undefined)
  await expect(
    asActor(db, anActor(), () => {
      throw new Error('changed my mind')
    }),
  ).rejects.toThrow('changed my mind')
  expect(cable.packets() - before).toBe(0)
  await db.destroy()
  cable.close()
})

test('what was sent without waiting and failed fails the transaction with its own error, and nothing is kept', async ({
  db,
}) => {
  const actor = anActor()
  const id = randomUUID()
  const note = { id, organisation_id: actor.organisationId, text: 'x' }
  const entry = {
    ...{ organisationId: randomUUID(), personId: null, requestId: 'r', command: 'note.write' },
    ...{ subjectType: 'note', subjectId: id, before: null, after: null },
  }
  const failing = (more: boolean) =>
    asActor(db, actor, async (tx) => {
      await tx.insertInto('note').values(note).execute()
      await writeTogether(tx, [auditPart(entry)])
      if (more) await sql`select 1`.execute(tx)
    })
  await expect(failing(false)).rejects.toThrow('row-level security')
  await expect(failing(true)).rejects.toThrow('row-level security')
  await expect(asActor(db, actor, (tx) => tx.selectFrom('note').selectAll().execute())).resolves.toEqual([])
})
