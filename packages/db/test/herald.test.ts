import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect } from 'vitest'
import { announce, Announcement, asActor, listen, sayAfterCommit, transact } from '../src/index.ts'
import { listenOn } from '../src/testing/index.ts'
import { anActor, test } from './fixture.ts'

/** All that is heard on the channel from now on. */
async function hearing(url: string, channel: 'live' | 'work') {
  const connected = Promise.withResolvers<undefined>()
  const heard: string[] = []
  const listening = await listen(
    url,
    channel,
    (message) => heard.push(message),
    () => connected.resolve(undefined),
  )
  await connected.promise
  return { heard, [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose]() }
}

test('what a transaction says is heard when it has committed, and never when it has not', async ({ db, database }) => {
  await using live = await hearing(database.appUrl, 'live')
  const [kept, undone] = [randomUUID(), randomUUID()].map((id) => ({ organisations: [], noun: 'offer', id }))
  if (!kept || !undone) throw new Error('two were made')
  await expect(
    asActor(db, anActor(), async (tx) => {
      announce(tx, undone)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  await asActor(db, anActor(), async (tx) => {
    announce(tx, kept)
    announce(tx, kept)
  })
  await expect.poll(() => live.heard).toEqual([JSON.stringify(kept)])
})

test('what many transactions say at once is said together: all of it, and each thing once', async ({
  db,
  database,
}) => {
  await using work = await hearing(database.appUrl, 'work')
  const messages = Array.from({ length: 200 }, (_, number) => `m${number}`)
  await Promise.all(messages.map((message) => transact(db, async (tx) => sayAfterCommit(tx, 'work', message))))
  await expect.poll(() => [...work.heard].sort()).toEqual([...messages].sort())
})

test('however many organisations are told of one thing, all of them hear of it', async ({ db, database }) => {
  await using live = await hearing(database.appUrl, 'live')
  const organisations = Array.from({ length: 400 }, () => randomUUID())
  await transact(db, async (tx) => announce(tx, { organisations, noun: 'offer', id: randomUUID() }))
  await expect
    .poll(() => live.heard.flatMap((message) => Announcement.parse(JSON.parse(message)).organisations).sort())
    .toEqual([...organisations].sort())
})

test('only a transaction that is known to commit may say something', async ({ db }) => {
  await expect(db.transaction().execute(async (tx) => sayAfterCommit(tx, 'work'))).rejects.toThrow('transact')
})

test('whoever is let in and shut out again at once, as by a proxy before a database that is away, asks ever more seldom', async () => {
  await using proxy = createServer((socket) => void socket.destroy())
  const port = await listenOn(proxy, 0)
  const began = performance.now()
  await using _listening = await listen(`postgres://service@127.0.0.1:${port}/service`, 'work', () => {})
  // The first two come without a wait; then 50, 100, 200 and 400 ms.
  for (let attempt = 2; attempt <= 6; attempt += 1) await once(proxy, 'connection')
  expect(performance.now() - began).toBeGreaterThan(600)
})
