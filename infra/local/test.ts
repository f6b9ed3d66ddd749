import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from '../testing/browser.ts'
import { check, failure, fine, type Outcome, playwright, vitest } from '../testing/command.ts'
import { temporaryHome } from '../testing/temporary-home.ts'
import { root } from './places.ts'
import { explain } from './refusal.ts'
import { buildWeb } from './web-build.ts'

type Part = {
  readonly name: string
  readonly run: (filters: readonly string[]) => Promise<Outcome>
  /** Looks at what the preparations make, so they come first also when only this part is asked for. */
  readonly ofWeb?: true
}

type Ended = Outcome & { readonly part: string }

const bin = (path: string) => join(root, 'node_modules', path)
const web = join(root, 'web')

/**
 * Has a check that looks at each file by itself pass over those it found in order and that have not changed since. It sees
 * when its configuration changes; of its plugins only the lockfile knows, so that each lockfile has memories of its own.
 */
function remembering(name: string): string[] {
  const lockfile = createHash('sha256').update(readFileSync(join(root, 'pnpm-lock.yaml')))
  const place = join(root, 'node_modules/.cache/checks', lockfile.digest('hex').slice(0, 16), name)
  return ['--cache', '--cache-strategy', 'content', '--cache-location', place]
}

/** What some of the others take for granted: the web's generated types and its built pages. */
const preparations: readonly Part[] = [
  { name: 'sync', run: () => check([join(web, 'node_modules/@sveltejs/kit/svelte-kit.js'), 'sync'], { cwd: web }) },
  {
    name: 'build',
    run: async () => {
      await buildWeb(() => undefined)
      return fine
    },
  },
]

/** These use one core each, so two run at a time. */
const checks: readonly Part[] = [
  { name: 'lint', run: () => check([bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0', ...remembering('lint')]) },
  { name: 'typed-lint', run: () => check([bin('oxlint/bin/oxlint')]) },
  { name: 'types', run: () => check([bin('@typescript/native/bin/tsc'), '--project', 'tsconfig.json']) },
  { name: 'web-types', ofWeb: true, run: () => check(['--run', 'check'], { cwd: web }) },
  {
    name: 'format',
    run: () =>
      check([bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.', ...remembering('format')]),
  },
  { name: 'unused', ofWeb: true, run: () => check([bin('knip/bin/knip.js')]) },
  { name: 'boundaries', run: (filters) => vitest('boundaries', filters) },
]

/** These use all cores themselves, so they run one after the other. */
const tests: readonly Part[] = [
  { name: 'unit', ofWeb: true, run: (filters) => vitest('unit', filters) },
  { name: 'integration', run: (filters) => vitest('integration', filters) },
  { name: 'constellation', run: (filters) => vitest('constellation', filters) },
  { name: 'e2e', run: endToEnd },
]

/** The whole system with the demo market, and a real browser in front of it. */
async function endToEnd(filters: readonly string[]): Promise<Outcome> {
  const browser = await findBrowser()
  // Loaded here, so that a service that cannot even be imported fails this part and not all of them.
  const { startConstellation } = await import('./constellation.ts')
  await using home = await temporaryHome()
  const options = { ports: 'random', demo: true, market: true, fsync: false } as const
  // The tests move the clock: what comes with a day is to come soon after.
  const env = { SWEEP_SECONDS: '1' }
  await using constellation = await startConstellation({ ...options, env, dataDir: home.path })
  const { urls, adminUrl } = constellation
  const system = { CHROMIUM_PATH: browser, SAMKRAFT_URL: urls.web, SAMKRAFT_ADMIN_URL: adminUrl }
  return await playwright(system, filters)
}

/** Runs the parts, `width` at a time, and tells about each as it ends. */
async function runParts(parts: readonly Part[], width: number, filters: readonly string[]): Promise<Ended[]> {
  const waiting = [...parts]
  const outcomes: Ended[] = []
  const worker = async () => {
    for (let part = waiting.shift(); part; part = waiting.shift()) {
      outcomes.push({ ...(await runPart(part, filters)), part: part.name })
    }
  }
  await Promise.all(Array.from({ length: width }, worker))
  return outcomes
}

async function runPart({ name, run }: Part, filters: readonly string[]): Promise<Outcome> {
  const started = Date.now()
  const outcome = await run(filters).catch((error: unknown) => failure(explain(error)))
  const seconds = `${((Date.now() - started) / 1_000).toFixed(1)} s`.padStart(8)
  const { passed, failed, skipped } = outcome
  const counts = [passed && `${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`]
  console.log(`${failed ? '✗' : '✓'} ${name.padEnd(14)}${seconds}  ${counts.filter(Boolean).join(', ')}`.trimEnd())
  if (failed) console.log(`\n${outcome.output}\n`)
  return outcome
}

/** `npm test` runs everything; `npm test -- unit` a part; `npm test -- integration services/identity` a part of a part. */
async function main(args: readonly string[]): Promise<boolean> {
  const all = [...preparations, ...checks, ...tests]
  const names = args.filter((arg) => all.some(({ name }) => name === arg))
  const filters = args.filter((arg) => !names.includes(arg))
  if (filters.length > 0 && names.length === 0) {
    console.error(`There is no part called ${filters.join(', ')}. The parts: ${all.map(({ name }) => name).join(', ')}`)
    return false
  }
  const chosen = (parts: readonly Part[]) => parts.filter(({ name }) => names.length === 0 || names.includes(name))
  const prepares = chosen(checks)
    .concat(chosen(tests))
    .some(({ ofWeb }) => ofWeb)
  const outcomes = [
    ...(await runParts(prepares ? preparations : chosen(preparations), 1, filters)),
    ...(await runParts(chosen(checks), 2, filters)),
    ...(await runParts(chosen(tests), 1, filters)),
  ]
  const sum = (key: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  // Said again here: a log that was cut before its end still says what failed.
  for (const { part, failed, names, wavering } of outcomes) {
    for (const name of wavering) console.log(`~ ${part}  ${name} (at the second try)`)
    if (failed) console.log(names.length > 0 ? names.map((name) => `✗ ${part}  ${name}`).join('\n') : `✗ ${part}`)
  }
  console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
  return sum('failed') === 0
}

process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
