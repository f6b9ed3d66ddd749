import { spawn } from 'node:child_process'
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

test.each(['', '{', '{"pid":1,"born":"long ago"}'])('that says %j is free', async (content) => {
  const lock = join(place, 'lock')
  await writeFile(lock, content)
  expect(await take(lock)).toBe('taken')
})
