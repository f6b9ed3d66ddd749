// The only file that runs on whatever Node the machine has (20 or newer), before anything is installed: plain JavaScript,
// nothing but the platform. It installs what the lockfile names and hands over to the Node that came with it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.samkraft-installed')
const node = join(modules, 'node/bin/node')
const programs = {
  start: 'infra/local/start.ts',
  test: 'infra/local/test.ts',
  reset: 'infra/local/reset.ts',
  bench: 'test/bench/main.ts',
  jobs: 'infra/local/jobs.ts',
  people: 'infra/local/people.ts',
}

class Stop extends Error {}

try {
  const [command, ...rest] = process.argv.slice(2)
  if (!Object.hasOwn(programs, command)) {
    const known = Object.keys(programs).map((name) => `npm run ${name}`)
    throw new Stop(`Say what to do: ${known.join(', ')}`)
  }
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Stop(`Samkraft needs Node 20 or newer to begin; this is ${process.version}. See https://nodejs.org`)
  }
  if (process.platform === 'win32') {
    throw new Stop('Samkraft runs on Linux and macOS. On Windows, use WSL: https://learn.microsoft.com/windows/wsl')
  }
  await install()
  await handOver(join(root, programs[command]), rest)
} catch (error) {
  console.error(error instanceof Stop ? error.message : error)
  process.exit(1)
}

/** Installs the dependencies unless these very ones are in place. */
async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(node)) return

  console.log('Installing dependencies…')
  // What is there is neither the old nor the new until this has ended.
  rmSync(stamp, { force: true })
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const args = ['--yes', packageManager, 'install', '--frozen-lockfile', '--config.confirmModulesPurge=false']
  const { code, output } = await run('npx', args)
  if (code !== 0) throw new Stop(explain(output))
  if (!existsSync(node)) throw new Stop(`There is no Node 26 on npm for ${process.platform}-${process.arch}.`)
  writeFileSync(stamp, wanted)
}

/** Runs to the end, keeping what it says for the case that it fails. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => resolve({ code: 1, output: `${error.message}\n` }))
    child.once('close', (code) => resolve({ code, output }))
  })
}

function explain(output) {
  const reasons = [
    [
      /404[^\n]*\bnode(-bin)?-[a-z]+-\w+/,
      `There is no Node 26 on npm for ${process.platform}-${process.arch}. Linux and macOS on x64 and arm64 have one.`,
    ],
    [/ENOSPC|no space left/i, 'The disk is full: the dependencies take about 900 MB.'],
    [
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL|network/i,
      'The package registry could not be reached. It is needed the first time, and when the lockfile has changed.\n' +
        'Behind a proxy or with a registry of your own: npm config set proxy … or npm config set registry …',
    ],
    [
      /EACCES|EPERM/,
      `${root} holds files of another user. Start as that user, or remove node_modules and start again.`,
    ],
    [/FROZEN_LOCKFILE|OUTDATED_LOCKFILE/, 'package.json and pnpm-lock.yaml do not agree. Run: npx pnpm install'],
    [/spawn npx ENOENT/, 'npx was not found; it comes with npm. See https://nodejs.org'],
  ]
  const known = reasons.find(([pattern]) => pattern.test(output))
  const reason = known ? known[1] : 'The dependencies could not be installed.'
  return `${output.trim().split('\n').slice(-20).join('\n')}\n\n${reason}`
}

/** Becomes the given program as far as the terminal can tell: its signals, its exit code. */
function handOver(file, args) {
  return new Promise((_, reject) => {
    // The channel closes when this process ends, however it ends: that is how the program knows.
    const env = { NODE_COMPILE_CACHE: join(modules, '.cache/node'), ...process.env }
    const child = spawn(node, [file, ...args], { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    // npm passes signals on, but cannot when it is killed itself: then whoever started us has another parent.
    const starters = JSON.stringify(whoStartedUs())
    const orphaned = () => JSON.stringify(whoStartedUs()) !== starters
    if (process.env.npm_lifecycle_event) setInterval(() => orphaned() && child.kill('SIGTERM'), 1_000).unref()
    child.once('error', (error) => {
      const advice =
        process.platform === 'linux' ? ' Its binary needs glibc; Alpine and other musl systems have none.' : ''
      reject(new Stop(`Node 26 could not be run (${error.message}).${advice}`))
    })
    child.once('exit', (code, signal) => {
      if (!signal) process.exit(code ?? 1)
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
  })
}

/** Our parent; and when that is only the shell in which npm runs its scripts, that one's parent as well. */
function whoStartedUs() {
  try {
    const command = readFileSync(`/proc/${process.ppid}/cmdline`, 'utf8')
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8')
    return [process.ppid, command.includes('bootstrap.mjs') ? /^PPid:.*$/m.exec(status)?.[0] : undefined]
  } catch {
    return [process.ppid]
  }
}
