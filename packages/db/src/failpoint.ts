import { readFileSync, rmSync } from 'node:fs'

// The one piece of process state in the house: a failpoint must be reachable from the middle of any transaction.
let armed: string | null = null

/** Lets tests kill this process at a named point: the file holds the name, and goes when the point is reached. */
export function armFailpoints(file: string | undefined): void {
  armed = file ?? null
}

/** Dies here, at once and without goodbye, when a test has asked for it; does nothing otherwise. */
export function failpoint(name: string): void {
  if (!armed) return
  try {
    if (readFileSync(armed, 'utf8').trim() !== name) return
    rmSync(armed)
  } catch {
    return
  }
  process.kill(process.pid, 'SIGKILL')
}
