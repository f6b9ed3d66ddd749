import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { holderOf, take } from './lock.ts'
import { Refusal } from './refusal.ts'

const lockIn = (home: string) => join(home, 'instance.json')

type Claim = {
  readonly release: () => Promise<void>
  /** The run before this one ended without tidying up. */
  readonly wasInterrupted: boolean
}

/** Claims the directory for this process; refuses when a living one has it. */
export async function claim(home: string): Promise<Claim> {
  const file = lockIn(home)
  const wasInterrupted = existsSync(file)
  const other = await take(file)
  if (other !== 'taken') {
    throw new Refusal(`Samkraft is already running here (process ${other.pid}). Stop it first: kill ${other.pid}`)
  }
  return { release: () => rm(file, { force: true }), wasInterrupted }
}

/** Whether an instance runs from the directory. */
export async function isRunning(home: string): Promise<boolean> {
  return (await holderOf(lockIn(home))) !== undefined
}

/** Ends the instance that runs from the directory, if there is one. */
export async function stopInstance(home: string): Promise<'stopped' | 'none'> {
  const instance = await holderOf(lockIn(home))
  if (!instance) return 'none'
  try {
    process.kill(instance.pid, 'SIGTERM')
  } catch {
    throw new Refusal(`Samkraft is running here as another user (process ${instance.pid}), who must stop it first.`)
  }
  for (let tries = 0; tries < 300; tries++) {
    if (!(await holderOf(lockIn(home)))) return 'stopped'
    await pause(100)
  }
  throw new Refusal(
    `Samkraft (process ${instance.pid}) did not stop within 30 s. End it first: kill -9 ${instance.pid}`,
  )
}
