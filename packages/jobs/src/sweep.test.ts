import { DomainError } from '@samkraft/kernel'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { eachInTurn, startSweep } from './sweep.ts'

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

test('a database that is too busy is a warning, anything else an error', async () => {
  const both = Promise.withResolvers<undefined>()
  const lines: string[] = []
  const failures = [new Error('timeout exceeded when trying to connect'), new Error('a bug')]
  await using _ = startSweep({
    every: 1,
    log: pino({ base: null, timestamp: false }, { write: (line) => lines.push(line) }),
    async run() {
      const failure = failures.shift()
      if (failure) throw failure
      both.resolve(undefined)
    },
  })
  await both.promise
  expect(lines.map((line) => (JSON.parse(line) as { level: number }).level)).toEqual([40, 50])
})

test('one that fails now and then is logged, one that goes on failing for long asks for somebody, once', async () => {
  const told = Promise.withResolvers<undefined>()
  const alerts: boolean[] = []
  const patienceMs = 10
  const begun = performance.now()
  let [rounds, after, early] = [0, 0, 0]
  await using _ = startSweep({
    every: 1,
    patienceMs,
    log: pino({}, { write: (line) => alerts.push('alert' in (JSON.parse(line) as object)) }),
    async run() {
      rounds += 1
      if (performance.now() - begun < 3 * patienceMs) {
        early = alerts.filter(Boolean).length
        if (rounds % 2 === 0) return
      }
      if (alerts.includes(true)) after += 1
      if (after === 3) told.resolve(undefined)
      throw new Error('a bug')
    },
  })
  await told.promise
  expect(early).toBe(0)
  expect(alerts.filter(Boolean)).toHaveLength(1)
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

test('one that fails does not keep the others from their turn, and is told when all have had theirs', async () => {
  const had: number[] = []
  const turns = eachInTurn([1, 2, 3], async (item) => {
    had.push(item)
    if (item < 3) throw new Error(`${item} is broken`)
  })
  await expect(turns).rejects.toThrow('2 failed, the first so: Error: 1 is broken')
  expect(had).toEqual([1, 2, 3])
})

test('nobody has a turn when the database is away or it is time to stop', async () => {
  const had: number[] = []
  const stop = new AbortController()
  const turn = async (item: number) => {
    had.push(item)
    if (item === 1) throw new DomainError('unavailable', 'database.unavailable')
    stop.abort()
  }
  await expect(eachInTurn([1, 2], turn, stop.signal)).rejects.toThrow('database.unavailable')
  await eachInTurn([2, 3], turn, stop.signal)
  expect(had).toEqual([1, 2])
})
