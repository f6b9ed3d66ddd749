import { describe, expect } from 'vitest'
import { z } from 'zod'
import { defineJob, handleJob, jobSender } from '../src/index.ts'
import { backendKinds } from './backends.ts'
import { journalling } from './journal.ts'
import { soon, testOn } from './on-backends.ts'

const greet = defineJob({
  name: 'test.greet.v1',
  payload: z.object({ whom: z.string() }),
  options: { attempts: 3, backoffMs: 10 },
})

describe.each(backendKinds)('a service’s own jobs on %s', { timeout: 60_000 }, (kind) => {
  const test = testOn(kind)

  test('are done, tried again when they fail, and the same id is one job', async ({ backend, worker }) => {
    const greeted: string[] = []
    let stumbles = 2
    await using sender = jobSender(backend, 'matching')
    await sender.send(greet, { whom: 'Norberg' }, { id: 'one' })
    await sender.send(greet, { whom: 'Norberg' }, { id: 'one' })
    await sender.send(greet, { whom: 'Köping' }, { delayMs: 200 })
    const handler = handleJob(greet, async ({ whom }) => {
      if (stumbles-- > 0) throw new Error('stumbled')
      greeted.push(whom)
    })
    worker({ jobs: [handler] })
    await expect.poll(() => greeted.toSorted(), soon).toEqual(['Köping', 'Norberg'])
    await using queue = backend.queue('matching')
    await expect.poll(() => queue.counts(), soon).toEqual({ waiting: 0, active: 0, delayed: 0, dead: 0 })
  })

  test('two handlers for one name stop the boot', ({ worker }) => {
    const once = handleJob(greet, () => Promise.resolve())
    expect(() => worker({ jobs: [once, once] })).toThrow('two handlers for test.greet.v1')
    expect(() => worker({ handlers: [journalling(), journalling()] })).toThrow('two handlers for test.step_taken.v1')
    const clash = handleJob({ ...greet, name: 'test.step_taken.v1' }, () => Promise.resolve())
    expect(() => worker({ jobs: [clash] })).toThrow('two handlers for test.step_taken.v1')
  })
})
