import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ifMissing } from './home.ts'
import { Refusal } from './refusal.ts'

const run = promisify(execFile)

/** Which process runs from a directory. The time it was born tells it from a later process with the same number. */
type Instance = { readonly pid: number; readonly born: string }

type Claim = {
  readonly release: () => Promise<void>
  /** The run before this one ended without tidying up. */
  readonly wasInterrupted: boolean
}

/** Claims the directory for this process; refuses when a living one has it. */
export async function claim(home: string): Promise<Claim> {
  const file = join(home, 'instance.json')
  const wasInterrupted = existsSync(file)
  for (let tries = 0; tries < 3; tries++) {
    const other = await runningIn(home)
    if (other) {
      throw new Refusal(`Samkraft is already running here (process ${other.pid}). Stop it first: kill ${other.pid}`)
    }
    await rm(file, { force: true })
    // Fails when another start got here between our look and now.
    const handle = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    if (!handle) continue
    await handle.writeFile(JSON.stringify({ pid: process.pid, born: await birthOf(process.pid) }))
    await handle.close()
    return { release: () => rm(file, { force: true }), wasInterrupted }
  }
  throw new Refusal('Another start of Samkraft is under way here.')
}

/** Ends the instance that runs from the directory, if there is one. */
export async function stopInstance(home: string): Promise<'stopped' | 'none'> {
  const instance = await runningIn(home)
  if (!instance) return 'none'
  try {
    process.kill(instance.pid, 'SIGTERM')
  } catch {
    throw new Refusal(`Samkraft is running here as another user (process ${instance.pid}), who must stop it first.`)
  }
  for (let tries = 0; tries < 300; tries++) {
    if (!(await runningIn(home))) return 'stopped'
    await pause(100)
  }
  throw new Refusal(
    `Samkraft (process ${instance.pid}) did not stop within 30 s. End it first: kill -9 ${instance.pid}`,
  )
}

async function runningIn(home: string): Promise<Instance | undefined> {
  const content = await readFile(join(home, 'instance.json'), 'utf8').catch(ifMissing)
  if (!content) return undefined
  const instance = parse(content)
  return instance && (await birthOf(instance.pid)) === instance.born ? instance : undefined
}

function parse(content: string): Instance | undefined {
  try {
    return JSON.parse(content) as Instance
  } catch {
    return undefined
  }
}

/** When the process began, in whatever form the system tells it; nothing when there is no such process. */
async function birthOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
    // The second field is the command in brackets and may hold anything, so count from its end: the third is the
    // state, where Z is a process that has ended and that nobody has asked about yet; field 22 is the time.
    const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ') ?? []
    return fields[0] === 'Z' ? undefined : fields[19]
  }
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }))
  return stdout.trim() || undefined
}
