import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ifMissing, writeWhole } from './home.ts'
import { holderOf, take } from './lock.ts'
import { Refusal } from './refusal.ts'
import { type Ports } from './services.ts'

/** What the operator's tools must know of the instance that runs. */
export type Running = { readonly ports: Ports; readonly origin: string }

const runningIn = (home: string) => join(home, 'running.json')
const lockIn = (home: string) => join(home, 'instance.json')

type Claim = {
  readonly release: () => Promise<void>
  /** The run before this one ended without tidying up. */
  readonly wasInterrupted: boolean
}

/** Claims the directory for this process; refuses when a living one has it. */
export async function claim(home: string, running: Running): Promise<Claim> {
  const file = lockIn(home)
  const wasInterrupted = existsSync(file)
  const other = await take(file)
  if (other !== 'taken') {
    throw new Refusal(`Samkraft is already running here (process ${other.pid}). Stop it first: kill ${other.pid}`)
  }
  await writeWhole(runningIn(home), JSON.stringify(running))
  return { release: () => rm(file, { force: true }), wasInterrupted }
}

/** The instance that runs from the directory, if there is one. */
export async function readRunning(home: string): Promise<Running | undefined> {
  if (!(await holderOf(lockIn(home)))) return undefined
  const content = await readFile(runningIn(home), 'utf8').catch(ifMissing)
  return content === undefined ? undefined : (JSON.parse(content) as Running)
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
