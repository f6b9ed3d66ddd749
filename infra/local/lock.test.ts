import { spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { holderOf, take } from './lock.ts'

let place = ''
beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'samkraft-lock-'))
})
afterEach(() => rm(place, { recursive: true, force: true }))

test('is taken by one, and nothing else is left in the directory', async () => {
  const lock = join(place, 'lock')
  expect(await take(lock)).toBe('taken')
  expect(await take(lock)).toMatchObject({ pid: process.pid })
  expect(await readdir(place)).toEqual(['lock'])
})

test('of a process that has ended is free', async () => {
  const lock = join(place, 'lock')
  const module = JSON.stringify(new URL('./lock.ts', import.meta.url).href)
  const script = `const { take } = await import(${module}); process.exit((await take(process.argv[1])) === 'taken' ? 0 : 1)`
  const other = spawn(process.execPath, ['--input-type=module', '--eval', script, lock])
  expect(await once(other, 'exit')).toEqual([0, null])
  expect(await holderOf(lock)).toBeUndefined()
  expect(await take(lock)).toBe('taken')
})

test.each([
  ['', undefined],
  [' that one who died has left', '{"pid":1,"born":"long ago"}'],
])('%#: of many who want a lock%s at the same moment one takes it', { timeout: 30_000 }, async (_, left) => {
  const lock = join(place, 'lock')
  const module = JSON.stringify(new URL('./lock.ts', import.meta.url).href)
  const script = `const { take } = await import(${module}); process.send('ready')
    process.on('message', async () => process.send((await take(process.argv[1])) === 'taken'))`
  const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'ipc']
  const others = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', script, lock], { stdio }),
  )
  try {
    await Promise.all(others.map((other) => once(other, 'message')))
    for (let round = 0; round < 60; round++) {
      await rm(lock, { force: true })
      if (left !== undefined) await writeFile(lock, left)
      const answers = others.map((other) => once(other, 'message'))
      for (const other of others) other.send('now')
      const taken = (await Promise.all(answers)).filter(([isTaken]) => isTaken)
      expect(taken, `round ${round}`).toHaveLength(1)
    }
    expect(await readdir(place)).toEqual(['lock'])
  } finally {
    for (const other of others) other.kill()
  }
})

test.each(['', '{', '{}', '{"pid":1,"born":"long ago"}'])('that says %j is free', async (content) => {
  const lock = join(place, 'lock')
  await writeFile(lock, content)
  expect(await take(lock)).toBe('taken')
})
