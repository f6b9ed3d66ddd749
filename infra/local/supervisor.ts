import { type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { isOutOfSpace, Refusal } from './refusal.ts'

/** One process to keep running. */
export type Plan = {
  readonly name: string
  /** Makes way before each start, for example by ending what an earlier run left behind. */
  readonly prepare?: () => Promise<void>
  readonly spawn: () => ChildProcess
  /** One probe: whether the process does its work now. */
  readonly isReady: () => Promise<boolean>
  readonly stopSignal: NodeJS.Signals
  /** What has not stopped so long after being asked is killed; 10 s unless told. */
  readonly patienceMs?: number
  /** The process that matters, where that is not the one we started. */
  readonly pidOf?: (child: ChildProcess) => Promise<number | undefined>
  /** A process that lived this long is taken to be well: its next death starts counting from the beginning. 30 s unless told. */
  readonly wellAfterMs?: number
  /** Why it stopped, in its own words, for the person at the terminal. */
  readonly lastWords?: () => Promise<string>
}

export type Supervised = {
  readonly name: string
  readonly pid: () => Promise<number | undefined>
  /** Resolves when it does its work; rejects when it will not start. */
  readonly ready: (timeoutMs?: number) => Promise<void>
  /** Sends the signal, and resolves when it has been sent. */
  readonly kill: (signal: NodeJS.Signals) => Promise<void>
  readonly stop: () => Promise<void>
  /** Starts it again after `stop`. */
  readonly start: () => void
}

export type Tell = (line: string) => void

const usualPatienceMs = 10_000
const firstDelayMs = 100
const longestDelayMs = 10_000
const usualWellAfterMs = 30_000
const attemptsAtFirst = 4

/** Starts the process and keeps it running until it is stopped. */
export function supervise(plan: Plan, tell: Tell): Supervised {
  const { patienceMs = usualPatienceMs, wellAfterMs = usualWellAfterMs } = plan
  let child: ChildProcess | undefined
  let wanted = true
  let everReady = false
  let failure: Error | undefined
  let deaths = 0
  let wake = new AbortController()
  let loop = keepRunning()

  async function keepRunning(): Promise<void> {
    while (wanted) {
      const started = Date.now()
      const ended = await runOnce()
      if (!wanted) return
      deaths = Date.now() - started >= wellAfterMs ? 1 : deaths + 1
      if (!everReady && deaths >= attemptsAtFirst) {
        failure = new Refusal(`${plan.name} does not start (${ended}).\n${await lastWords()}`.trim())
        return
      }
      if (everReady) {
        const reason = isOutOfSpace(new Error(await lastWords())) ? `${ended}, the disk is full` : ended
        tell(`${plan.name} stopped (${reason}); starting it again`)
      }
      const delay = deaths === 1 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** deaths)
      await pause(delay, undefined, { signal: wake.signal }).catch(() => undefined)
    }
  }

  /** From the start of one process to its end; says how it ended. */
  async function runOnce(): Promise<string> {
    try {
      await plan.prepare?.()
      if (!wanted) return 'stopped'
      child = plan.spawn()
      return await endOf(child)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    } finally {
      child = undefined
    }
  }

  async function pid(): Promise<number | undefined> {
    return child && (plan.pidOf ? plan.pidOf(child) : child.pid)
  }

  async function lastWords(): Promise<string> {
    return (await plan.lastWords?.().catch(() => '')) ?? ''
  }

  async function ready(timeoutMs = 60_000): Promise<void> {
    const until = Date.now() + timeoutMs
    while (!(child && (await plan.isReady()))) {
      if (failure) throw failure
      if (!wanted) throw new Error(`${plan.name} was stopped`)
      if (Date.now() > until)
        throw new Refusal(`${plan.name} was not ready within ${timeoutMs / 1_000} s.\n${await lastWords()}`)
      await pause(25)
    }
    everReady = true
  }

  return {
    name: plan.name,
    pid,
    ready,
    async kill(signal) {
      const target = await pid()
      if (target !== undefined) process.kill(target, signal)
    },
    async stop() {
      wanted = false
      wake.abort()
      const running = child
      if (running && running.exitCode === null && running.signalCode === null) {
        running.kill(plan.stopSignal)
        const force = setTimeout(() => {
          tell(`${plan.name} did not stop within ${patienceMs / 1_000} s; ending it`)
          killGroup(running)
        }, patienceMs)
        await endOf(running)
        clearTimeout(force)
      }
      await loop
    },
    start() {
      if (wanted) return
      wanted = true
      deaths = 0
      failure = undefined
      wake = new AbortController()
      loop = keepRunning()
    },
  }
}

/** How the process ended, in words. */
async function endOf(child: ChildProcess): Promise<string> {
  if (child.exitCode !== null) return `code ${child.exitCode}`
  if (child.signalCode !== null) return child.signalCode
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error').catch((reason: unknown) => [reason])) as [unknown]
    return error instanceof Error ? error.message : 'it could not be run'
  }
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  return signal ?? `code ${code}`
}

/** Every supervised process leads its own group: what it started goes with it. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
