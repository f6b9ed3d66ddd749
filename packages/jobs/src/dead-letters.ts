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
    await queue.add([{ id: nextId(id), name: job.name, data: job.data, options: job.options }])
    await backend.settle()
    await queue.remove(id)
  }
  return chosen.length
}

/** `x` → `x~2` → `x~3`: the same letter, sent again. */
function nextId(id: string): string {
  const [first, times = '1'] = id.split('~')
  return `${first}~${Number(times) + 1}`
}
