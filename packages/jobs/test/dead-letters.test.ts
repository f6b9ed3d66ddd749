import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect } from 'vitest'
import { listDeadLetters, retryDeadLetters } from '../src/index.ts'
import { toJob } from '../src/relay.ts'
import { backendKinds } from './backends.ts'
import { aWalker, eventsOf, journalling, stepsOf, take } from './journal.ts'
import { soon, testOn } from './on-backends.ts'

const queues = ['matching'] as const

function jobsCommand(jobsUrl: string, ...words: string[]) {
  const program = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
  const environment = { ...process.env, JOBS_URL: jobsUrl }
  return promisify(execFile)(process.execPath, [program, ...words], { env: environment })
}

describe.each(backendKinds)('dead letters on %s', { timeout: 60_000 }, (kind) => {
  const test = testOn(kind)

  test('a job that always fails is given up on with an alert; others go on; a retry brings it and its followers home', async ({
    db,
    admin,
    backend,
    worker,
    logged,
  }) => {
    const [stuck, free] = [aWalker(), aWalker()]
    let broken = true
    worker({
      handlers: [
        journalling((step) => {
          if (broken && step === 13) throw new Error('thirteen is not for me')
        }),
      ],
    })
    await take(db, stuck, [12, 13, 14, 15])
    await take(db, free, [1, 2])
    await using queue = backend.queue('matching')
    const hasty = { attempts: 3, backoffMs: 10 }
    for (const event of await eventsOf(admin)) await queue.add([{ ...toJob(event), options: hasty }])

    await expect.poll(() => stepsOf(admin, free), soon).toEqual([1, 2])
    await expect.poll(() => listDeadLetters(backend, queues), soon).toHaveLength(1)
    const [letter] = await listDeadLetters(backend, queues)
    expect(letter).toMatchObject({ queue: 'matching', triedTimes: 3, reason: 'thirteen is not for me', options: hasty })
    // The job is given up on in the database first, and told of after.
    const told = { level: 50, jobId: letter?.id, requestId: 'request-13', error: { message: 'thirteen is not for me' } }
    await expect.poll(() => logged.lines.filter(({ alert }) => alert), soon).toMatchObject([told])
    expect(await stepsOf(admin, stuck)).toEqual([12])

    broken = false
    expect(await retryDeadLetters(backend, queues, { id: letter?.id ?? '' })).toBe(1)
    await expect.poll(() => stepsOf(admin, stuck), soon).toEqual([12, 13, 14, 15])
    expect(await listDeadLetters(backend, queues)).toEqual([])
  })

  test('what cannot be read is given up on at once', async ({ db, admin, backend, worker, logged }) => {
    const walker = aWalker()
    await take(db, walker, [1, 2])
    const [first, second] = await eventsOf(admin)
    if (!first || !second) throw new Error('two events were taken')
    await using queue = backend.queue('matching')
    worker()
    await queue.add([
      { ...toJob(first), id: 'no-envelope', data: { secret: 'hunter2', requestId: '<b>hunter2</b>' } },
      { ...toJob(first), id: 'other-name', name: 'test.step_ignored.v1' },
      { ...toJob(first), id: 'no-time', data: { ...first, occurredAt: 'hunter2' } },
      { ...toJob(first), id: 'wrong-data', data: { ...first, data: { step: 'hunter2' } } },
      toJob(first),
      toJob(second),
    ])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2])
    await expect.poll(() => listDeadLetters(backend, queues), soon).toHaveLength(4)
    const letters = await listDeadLetters(backend, queues)
    expect(letters.map(({ id, triedTimes }) => [id, triedTimes]).toSorted()).toEqual([
      ['no-envelope', 1],
      ['no-time', 1],
      ['other-name', 1],
      ['wrong-data', 1],
    ])
    expect(letters.find(({ id }) => id === 'wrong-data')?.reason).toBe(
      'unreadable test.step_taken.v1: step invalid_type',
    )
    expect(JSON.stringify(logged.lines)).not.toContain('hunter2')
  })

  test('one is back at work also when an earlier retry of it has died beside it', async ({
    db,
    admin,
    backend,
    worker,
  }) => {
    const walker = aWalker()
    let broken = true
    const failing = journalling(() => {
      if (broken) throw new Error('not today')
    })
    worker({ handlers: [failing] })
    await take(db, walker, [1])
    const [event] = await eventsOf(admin)
    if (!event) throw new Error('an event was taken')
    await using queue = backend.queue('matching')
    // As a retry leaves it that was killed between its two halves.
    const job = { ...toJob(event), options: { attempts: 1, backoffMs: 0 } }
    await queue.add([job, { ...job, id: `${event.id}~2` }])
    await expect.poll(() => queue.dead(), soon).toHaveLength(2)
    broken = false
    expect(await retryDeadLetters(backend, queues, { id: event.id })).toBe(1)
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])
  })

  test('an operator lists and retries on the command line', async ({ db, admin, backend, store, worker }) => {
    const walker = aWalker()
    await expect(jobsCommand(store.url, 'list')).resolves.toMatchObject({ stdout: 'No job was given up on.\n' })
    const counted = async () => (await jobsCommand(store.url, 'count')).stdout
    expect(await counted()).toContain('matching: 0 waiting, 0 under way, 0 put off, 0 given up on\n')
    let broken = true
    const failing = journalling(() => {
      if (broken) throw new Error('not today')
    })
    worker({ handlers: [failing] })
    await take(db, walker, [1])
    const [event] = await eventsOf(admin)
    if (!event) throw new Error('an event was taken')
    await using queue = backend.queue('matching')
    await queue.add([{ ...toJob(event), options: { attempts: 1, backoffMs: 0 } }])
    await expect.poll(() => queue.dead(), soon).toHaveLength(1)

    const { stdout: listed } = await jobsCommand(store.url, 'list')
    expect(listed).toContain(`${event.id}  matching  test.step_taken.v1`)
    expect(listed).toContain('tried 1 times: not today')
    expect(await counted()).toContain('matching: 0 waiting, 0 under way, 0 put off, 1 given up on\n')
    await expect(jobsCommand(store.url, 'retry', 'no-such-id')).rejects.toMatchObject({ code: 1 })
    await expect(jobsCommand(store.url)).rejects.toMatchObject({ code: 2 })
    await expect(jobsCommand('http://example.org', 'list')).rejects.toMatchObject({ code: 1 })

    await expect(jobsCommand(store.url, 'retry', event.id)).resolves.toMatchObject({
      stdout: '1 job is back at work.\n',
    })
    await expect.poll(() => queue.dead(), soon).toMatchObject([{ id: `${event.id}~2` }])
    broken = false
    await jobsCommand(store.url, 'retry-all')
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])
  })
})
