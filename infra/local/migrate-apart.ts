import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { compileCache } from './places.ts'
import { type Databases } from './platform.ts'

/**
 * Migrates in a process of its own: what only migrations need (every service's schema, the queue) is loaded there and gone
 * afterwards, instead of staying in memory for as long as the supervisor runs. Rejects with what the process said.
 */
export async function migrateApart({ databases, jobsUrl }: Databases): Promise<void> {
  const program = fileURLToPath(new URL('./migrate.ts', import.meta.url))
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  let output = ''
  child.stderr?.on('data', (chunk) => (output += String(chunk)))
  // By the channel, because anyone on the machine can read the arguments of a process.
  child.send({ databases, jobsUrl })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The databases could not be brought up to date:\n${output.trim()}`)
}
