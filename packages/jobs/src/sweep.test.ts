import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startSweep } from './sweep.ts'

const log = pino({ level: 'silent' })

test('a sweep survives errors, never overlaps itself and stops when told', async () => {
  const thrice = Promise.withResolvers<undefined>()
  let [rounds, running] = [0, 0]
  const sweep = startSweep({
    every: 1,
    log,
    async run() {
      running += 1
      expect(running).toBe(1)
      await Promise.resolve()
      running -= 1
      rounds += 1
      if (rounds === 3) thrice.resolve(undefined)
      if (rounds === 1) throw new Error('once is nothing')
    },
  })
  await thrice.promise
  await sweep[Symbol.asyncDispose]()
  const atStop = rounds
  await new Promise(setImmediate)
  expect(rounds).toBe(atStop)
})

test('stopping waits for the round in progress and tells it to stop', async () => {
  const begun = Promise.withResolvers<undefined>()
  let ended = false
  const sweep = startSweep({
    every: 1_000,
    log,
    async run(signal) {
      begun.resolve(undefined)
      await new Promise((stop) => signal.addEventListener('abort', stop))
      ended = true
    },
  })
  await begun.promise
  await sweep[Symbol.asyncDispose]()
  expect(ended).toBe(true)
})
