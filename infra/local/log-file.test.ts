import { expect, test } from 'vitest'
import { errorIn } from './log-file.ts'

test.each([
  ['{"level":30,"msg":"listening"}', undefined],
  [
    '{"level":50,"msg":"failed","err":{"message":"no such table"},"requestId":"r-1"}',
    'failed: no such table (request r-1)',
  ],
  ['{"level":"error","message":"a request broke"}', 'a request broke'],
  ['{"level":60,"msg":"unhandled","err":{"message":"unhandled"}}', 'unhandled'],
  ['{"level":50,"msg":"cut off in the mid', undefined],
  ['TypeError: x is not a function', 'TypeError: x is not a function'],
  ['    at main.ts:3:1', undefined],
  ['', undefined],
])('what %s says at the terminal', (line, said) => {
  expect(errorIn(line)).toBe(said)
})
