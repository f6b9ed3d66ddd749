import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Run, Task } from './run.ts'

const program = fileURLToPath(new URL('run.ts', import.meta.url))

/** The engine on one market after another, in one process; an error when the checker finds anything wrong. */
export async function runEngine(task: Task): Promise<Run[]> {
  const runs = await new Promise<Run[]>((resolve, reject) => {
    const child = fork(program, [JSON.stringify(task)])
    child.once('message', (message) => resolve(message as Run[])) // the program has nothing else to say
    child.once('error', reject)
    child.once('exit', (code) => code !== 0 && reject(new Error(`the engine ended with ${code}`)))
  })
  for (const { seed, wrong } of runs) {
    if (wrong.length > 0) throw new Error(`${task.size} ${seed}: ${wrong.slice(0, 3).join('; ')}`)
  }
  return runs
}
