import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { openHome } from './home.ts'
import { homePath, portsFrom, root } from './places.ts'
import { explain } from './refusal.ts'

/** `npm run jobs`: the operator's view of jobs that were given up on, for the instance that runs from here. */
async function jobs(args: readonly string[]): Promise<number> {
  const { secrets } = await openHome(homePath)
  const embedded = `postgres://jobs_app:${secrets.roles.jobs_app}@127.0.0.1:${portsFrom(process.env).postgres}/samkraft_jobs`
  const child = spawn(process.execPath, [join(root, 'packages/jobs/src/cli.ts'), ...args], {
    env: { ...process.env, JOBS_URL: process.env.JOBS_URL ?? embedded },
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

try {
  process.exitCode = await jobs(process.argv.slice(2))
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}
