import { services } from '@samkraft/contracts'
import { jobBackend } from './backend.ts'
import { readConfig } from './config.ts'
import { type DeadLetter, listDeadLetters, retryDeadLetters } from './dead-letters.ts'

const usage = `Jobs that were given up on:

  jobs list         shows them, oldest first
  jobs retry <id>   puts one back to work
  jobs retry-all    puts all of them back to work
`

function describe({ queue, id, name, triedTimes, diedAt, reason }: DeadLetter): string {
  return `${id}  ${queue}  ${name}\n    ${diedAt.toISOString()}, tried ${triedTimes} times: ${reason}`
}

/** Says what it did on standard output; returns the exit code. */
async function main([command, id]: readonly string[]): Promise<number> {
  if (command !== 'list' && command !== 'retry-all' && !(command === 'retry' && id)) {
    process.stderr.write(usage)
    return 2
  }
  await using backend = jobBackend(readConfig().jobsUrl)
  if (command === 'list') {
    const letters = await listDeadLetters(backend, services)
    process.stdout.write(`${letters.length ? letters.map(describe).join('\n') : 'No job was given up on.'}\n`)
    return 0
  }
  const retried = await retryDeadLetters(backend, services, command === 'retry' && id ? { id } : 'all')
  if (command === 'retry' && retried === 0) {
    process.stderr.write(`No job with the id ${id} was given up on.\n`)
    return 1
  }
  process.stdout.write(`${retried} ${retried === 1 ? 'job is' : 'jobs are'} back at work.\n`)
  return 0
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
