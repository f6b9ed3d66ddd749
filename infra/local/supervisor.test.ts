import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { type Plan, supervise } from './supervisor.ts'

const forever = 'setInterval(() => {}, 1_000)'

function plan(script: string, more: Partial<Plan> = {}): Plan {
  return {
    name: 'marketplace',
    spawn: () =>
      spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true }),
    isReady: async () => true,
    stopSignal: 'SIGTERM',
    ...more,
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a supervised process', () => {
  test('is started again when it dies, and that is said in one line', async () => {
    const lines: string[] = []
    const supervised = supervise(plan(forever), (line) => lines.push(line))
    await supervised.ready()
    const first = await supervised.pid()
    await supervised.kill('SIGKILL')
    await expect.poll(supervised.pid).not.toBe(first)
    await supervised.ready()
    expect(lines).toEqual(['marketplace stopped (SIGKILL); starting it again'])
    await supervised.stop()
  })

  test('stops when it is told to, and can be started again', async () => {
    const supervised = supervise(plan(forever), () => undefined)
    await supervised.ready()
    const pid = (await supervised.pid()) ?? 0
    await supervised.stop()
    expect(isAlive(pid)).toBe(false)
    expect(await supervised.pid()).toBeUndefined()
    supervised.start()
    await supervised.ready()
    expect(await supervised.pid()).not.toBe(pid)
    await supervised.stop()
  })

  test('is ended by force when it does not stop', async () => {
    const lines: string[] = []
    const deaf = plan(`process.on('SIGTERM', () => {}); process.send('deaf'); ${forever}`, { patienceMs: 200 })
    let hearing: Promise<unknown> = Promise.resolve()
    const supervised = supervise(
      {
        ...deaf,
        spawn() {
          const child = deaf.spawn()
          hearing = once(child, 'message')
          return child
        },
      },
      (line) => lines.push(line),
    )
    await supervised.ready()
    await hearing
    await supervised.stop()
    expect(lines).toEqual(['marketplace did not stop within 0.2 s; ending it'])
  })

  test('that never gets ready is given up on, with its last words', async () => {
    const supervised = supervise(
      plan('process.exit(3)', {
        isReady: async () => false,
        lastWords: async () => 'DATABASE_URL_MARKETPLACE is missing',
      }),
      () => undefined,
    )
    await expect(supervised.ready()).rejects.toThrow(
      'marketplace does not start (code 3).\nDATABASE_URL_MARKETPLACE is missing',
    )
    await supervised.stop()
  })

  test('that cannot be run at all is given up on', async () => {
    const supervised = supervise(plan('', { spawn: () => spawn('/there/is/no/such/program') }), () => undefined)
    await expect(supervised.ready()).rejects.toThrow('ENOENT')
    await supervised.stop()
  })

  test('makes way before each start', async () => {
    let prepared = 0
    const supervised = supervise(plan(forever, { prepare: async () => void prepared++ }), () => undefined)
    await supervised.ready()
    await supervised.kill('SIGKILL')
    await expect.poll(() => prepared).toBe(2)
    await supervised.stop()
  })
})
