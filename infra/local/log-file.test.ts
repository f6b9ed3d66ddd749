import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { errorIn, showErrors } from './log-file.ts'

test.each([
  ['{"level":"info","msg":"listening"}', undefined],
  [
    '{"level":"error","msg":"failed","err":{"message":"no such table"},"requestId":"r-1"}',
    'failed: no such table (request r-1)',
  ],
  ['{"level":"error","message":"a request broke"}', 'a request broke'],
  ['{"level":"fatal","msg":"unhandled","err":{"message":"unhandled"}}', 'unhandled'],
  ['{"level":"error","msg":"cut off in the mid', undefined],
  ['TypeError: x is not a function', 'TypeError: x is not a function'],
  ['    at main.ts:3:1', undefined],
  ['', undefined],
])('what %s says at the terminal', (line, said) => {
  expect(errorIn(line)).toBe(said)
})

test('a log that has grown large is put aside while its process writes, and what goes wrong is shown before and after', async () => {
  const place = await mkdtemp(join(tmpdir(), 'samkraft-log-'))
  const file = join(place, 'identity.log')
  const process = await open(file, 'a')
  const told: string[] = []
  const error = (what: string) => process.write(`{"level":"error","msg":"${what}"}\n`)
  await process.write(`${'x'.repeat(999)}\n`.repeat(10_500))
  const stop = await showErrors('identity', file, (line) => told.push(line))
  try {
    await error('one')
    await expect.poll(() => stat(file).then(({ size }) => size)).toBe(0)
    await error('two')
    await expect.poll(() => told).toEqual(['identity: one', 'identity: two'])
    expect((await stat(`${file}.1`)).size).toBeGreaterThan(10_000_000)
  } finally {
    await stop()
    await process.close()
    await rm(place, { recursive: true })
  }
})
