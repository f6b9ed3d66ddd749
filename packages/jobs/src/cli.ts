import { services } from '@samkraft/contracts'
import { jobBackend, queueCounts } from './backend.ts'
import { readConfig } from './config.ts'
import { type DeadLetter, listDeadLetters, retryDeadLetters } from './dead-letters.ts'
import type { QueueCounts } from './port.ts'

const usage = `Jobs, and those that were given up on:

  jobs count        shows how many each service has
  jobs list         shows those given up on, oldest first
  jobs retry <id>   puts one back to work
  jobs retry-all    puts all of them back to work
`

function describe({ queue, id, name, triedTimes, diedAt, reason }: DeadLetter): string {
  return `${id}  ${queue}  ${name}\n    ${diedAt.toISOString()}, tried ${triedTimes} times: ${reason}`
}

function counted([queue, { waiting, active, delayed, dead }]: readonly [string, QueueCounts]): string {
  return `${queue}: ${waiting} waiting, ${active} under way, ${delayed} put off, ${dead} given up on\n`
}

/** Says what it did on standard output; returns the exit code. */
async function main([command, id]: readonly string[]): Promise<number> {
  if (!['count', 'list', 'retry-all'].includes(command ?? '') && !(command === 'retry' && id)) {
    process.stderr.write(usage)
    return 2
  }
  await using backend = jobBackend(readConfig().jobsUrl)
  if (command === 'count') {
    const counts = await queueCounts(backend, services)
    process.stdout.write(Object.entries(counts).map(counted).join(''))
    return 0
  }
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
