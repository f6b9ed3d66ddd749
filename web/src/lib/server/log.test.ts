import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

test('no line is lost while nobody reads the pipe they go to', async () => {
  const lines = 2_000
  // Whoever has touched `process.stdout` has made the pipe one that refuses instead of letting wait.
  const program = `
    import { log } from '${new URL('log.ts', import.meta.url).href}'
    process.stdout.write('')
    process.stderr.write('begun')
    for (let number = 0; number < ${lines}; number += 1) log('info', 'x'.repeat(1_000), { number })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await once(child.stderr, 'data')
  const numbers = (await text(child.stdout))
    .trim()
    .split('\n')
    .map((line) => Number(JSON.parse(line).number))
  expect(numbers).toEqual(Array.from({ length: lines }, (_, number) => number))
})
