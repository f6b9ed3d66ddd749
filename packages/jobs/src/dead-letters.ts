import type { DeadJob, JobBackend } from './port.ts'

/** A job given up on, with the queue it lies in. */
export type DeadLetter = DeadJob & Readonly<{ queue: string }>

/** All dead letters of these queues, oldest first. */
export async function listDeadLetters(backend: JobBackend, queues: readonly string[]): Promise<readonly DeadLetter[]> {
  const found = await Promise.all(
    queues.map(async (name) => {
      await using queue = backend.queue(name)
      return (await queue.dead()).map((job) => ({ ...job, queue: name }))
    }),
  )
  return found.flat().sort((one, other) => one.diedAt.getTime() - other.diedAt.getTime())
}

/**
 * Puts dead letters back to work with all their tries, those of one id or all of them. Returns how many.
 *
 * A retry is a copy: the old job remembers that it was given up on, and would be again at once. The copy is stored before
 * the old one is forgotten, so a crash between leaves both, of which the inbox applies one.
 */
export async function retryDeadLetters(
  backend: JobBackend,
  queues: readonly string[],
  which: { id: string } | 'all',
): Promise<number> {
  const letters = await listDeadLetters(backend, queues)
  const chosen = which === 'all' ? letters : letters.filter(({ id }) => id === which.id)
  for (const { queue: name, id, ...job } of chosen) {
    await using queue = backend.queue(name)
    const lying = new Set(letters.filter((letter) => letter.queue === name).map((letter) => letter.id))
    await queue.add([{ id: nextId(id, lying), name: job.name, data: job.data, options: job.options }])
    await backend.settle()
    await queue.remove(id)
  }
  return chosen.length
}

/** `x` → `x~2` → `x~3`: the same letter, sent again. One that lies there dead already would swallow the copy, and is passed by. */
function nextId(id: string, lying: ReadonlySet<string>): string {
  const [first, times = '1'] = id.split('~')
  const next = `${first}~${Number(times) + 1}`
  return lying.has(next) ? nextId(next, lying) : next
}
