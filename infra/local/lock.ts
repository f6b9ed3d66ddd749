import { execFile } from 'node:child_process'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { ifMissing } from './home.ts'

const run = promisify(execFile)

/** Which process holds a lock. The time it was born tells it from a later process with the same number. */
type Holder = { readonly pid: number; readonly born: string }

/** Takes the lock unless a living process has it. Whoever dies with it has let go. */
export async function take(file: string): Promise<'taken' | Holder> {
  // Linked rather than written in place: the lock appears whole, and only where there is none.
  const mine = `${file}.${process.pid}`
  await writeFile(mine, JSON.stringify({ pid: process.pid, born: await birthOf(process.pid) }), { mode: 0o600 })
  try {
    for (;;) {
      const holder = await holderOf(file)
      if (holder) return holder
      await rm(file, { force: true })
      if (await linked(mine, file)) return 'taken'
    }
  } finally {
    await rm(mine, { force: true })
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
  if (!content) return undefined
  const holder = parse(content)
  return holder && (await birthOf(holder.pid)) === holder.born ? holder : undefined
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
