import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { ifMissing } from './home.ts'

const run = promisify(execFile)

/** Which process holds a lock. The time it was born tells it from a later process with the same number. */
type Holder = { readonly pid: number; readonly born: string }

/** Takes the lock unless a living process has it. Whoever dies with it has let go. Of many at once one takes it. */
export async function take(file: string): Promise<'taken' | Holder> {
  // Linked rather than written in place: the lock appears whole, and only where there is none.
  const mine = `${file}.${process.pid}`
  await writeFile(mine, JSON.stringify({ pid: process.pid, born: await birthOf(process.pid) }), { mode: 0o600 })
  try {
    while (!(await linked(mine, file))) {
      const content = await readFile(file, 'utf8').catch(ifMissing)
      if (content === undefined) continue
      const holder = await livingIn(content)
      if (holder) return holder
      await removeLeft(file, content)
    }
    return 'taken'
  } finally {
    await rm(mine, { force: true })
  }
}

/**
 * Removes a lock that says what a dead process has left. That is done under a lock of its own, and only while it still says so:
 * otherwise whoever was slow to look would remove the lock of one who was quicker.
 */
async function removeLeft(file: string, content: string): Promise<void> {
  const right = `${file}.${createHash('sha256').update(content).digest('hex').slice(0, 12)}`
  if ((await take(right)) !== 'taken') return pause(5)
  try {
    if ((await readFile(file, 'utf8').catch(ifMissing)) === content) await rm(file)
  } finally {
    await rm(right, { force: true })
  }
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** The living process that has the lock. */
export async function holderOf(file: string): Promise<Holder | undefined> {
  const content = await readFile(file, 'utf8').catch(ifMissing)
  return content === undefined ? undefined : livingIn(content)
}

async function livingIn(content: string): Promise<Holder | undefined> {
  const holder = parse(content)
  return holder?.born !== undefined && (await birthOf(holder.pid)) === holder.born ? holder : undefined
}

function parse(content: string): Holder | undefined {
  try {
    return JSON.parse(content) as Holder
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
