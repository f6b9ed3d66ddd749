import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { root } from '../local/places.ts'

/** What became of one part of the suite. A check that is not a test counts only when it fails. */
export type Outcome = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** What failed is called: a test with its file, or a file that broke. A check has no names. */
  readonly names: readonly string[]
  /** What failed first and passed at the second try it has on CI. */
  readonly wavering: readonly string[]
  /** What to show when something failed. */
  readonly output: string
}

export const fine: Outcome = { passed: 0, failed: 0, skipped: 0, names: [], wavering: [], output: '' }

export function failure(output: string): Outcome {
  return { ...fine, failed: 1, output }
}

type Options = { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv }

/** Runs Node with the arguments; fails when it exits with anything but 0. */
export async function check(args: readonly string[], options: Options = {}): Promise<Outcome> {
  const { code, output } = await node(args, options)
  return code === 0 ? fine : failure(output)
}

/** Runs the tests of one vitest project and reads its report. */
export async function vitest(project: string, filters: readonly string[]): Promise<Outcome> {
  const cli = join(root, 'node_modules/vitest/vitest.mjs')
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { code, output } = await node([cli, 'run', '--project', project, ...reporters, ...filters], {})
    return readVitest(await readReport(report), code, output, project)
  })
}

type VitestReport = {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly {
    name: string
    status: string
    assertionResults: readonly { status: string; fullName: string; failureMessages?: readonly string[] }[]
  }[]
}

/** A file that breaks before its first test counts as one failure; a run that reads no tests at all as well. */
export function readVitest(report: unknown, code: number | null, output: string, project: string): Outcome {
  if (!report) return failure(output || `vitest wrote no report for ${project}`)
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = report as VitestReport
  if (numPassedTests + numFailedTests === 0) return failure(`${output}\nNo test was found in ${project}.`)
  const names = testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(root, name)
    const tests = assertionResults.filter((assertion) => assertion.status === 'failed')
    return status === 'failed' && tests.length === 0 ? [file] : tests.map(({ fullName }) => `${file}: ${fullName}`)
  })
  return {
    passed: numPassedTests,
    failed: names.length || (code === 0 ? 0 : 1),
    skipped: numPendingTests,
    names,
    wavering: testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status, failureMessages = [] }) => status === 'passed' && failureMessages.length > 0)
        .map(({ fullName }) => `${relative(root, name)}: ${fullName}`),
    ),
    output,
  }
}

type PlaywrightReport = {
  readonly stats: { expected: number; unexpected: number; flaky: number; skipped: number }
  readonly errors: readonly unknown[]
  readonly suites: readonly Suite[]
}

type Suite = {
  readonly title: string
  readonly suites?: readonly Suite[]
  readonly specs: readonly { title: string; ok: boolean; tests?: readonly { status: string }[] }[]
}

/** Runs the browser tests of the web and reads their report. */
export async function playwright(env: NodeJS.ProcessEnv, filters: readonly string[]): Promise<Outcome> {
  const web = join(root, 'web')
  const cli = join(web, 'node_modules/@playwright/test/cli.js')
  return withReport(async (report) => {
    const { code, output } = await node([cli, 'test', '--reporter=list,json', ...filters], {
      cwd: web,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    })
    return readPlaywright(await readReport(report), code, output)
  })
}

export function readPlaywright(report: unknown, code: number | null, output: string): Outcome {
  if (!report) return failure(output || 'playwright wrote no report')
  const { stats, errors, suites } = report as PlaywrightReport
  const passed = stats.expected + stats.flaky
  if (passed + stats.unexpected === 0) return failure(`${output}\nNo end-to-end test was found.`)
  const failed = stats.unexpected + errors.length
  return {
    passed,
    failed: failed || (code === 0 ? 0 : 1),
    skipped: stats.skipped,
    names: suites.flatMap((suite) => specsIn(suite, ({ ok }) => !ok)),
    wavering: suites.flatMap((suite) =>
      specsIn(suite, ({ tests = [] }) => tests.some(({ status }) => status === 'flaky')),
    ),
    output,
  }
}

/** The outermost suite is a file, the others are what it describes. */
function specsIn(suite: Suite, which: (spec: Suite['specs'][number]) => boolean, within = `${suite.title}:`): string[] {
  const own = suite.specs.filter(which).map(({ title }) => `${within} ${title}`)
  return [...own, ...(suite.suites ?? []).flatMap((inner) => specsIn(inner, which, `${within} ${inner.title}`))]
}

/** What is passed on is read by a person, or by a log. */
const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }

async function node(args: readonly string[], { cwd = root, env = {} }: Options) {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...colours, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output: output.trimEnd() }
}

async function withReport(run: (report: string) => Promise<Outcome>): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'samkraft-report-'))
  try {
    return await run(join(directory, 'report.json'))
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

async function readReport(file: string): Promise<unknown> {
  const content = await readFile(file, 'utf8').catch(() => undefined)
  return content === undefined ? undefined : JSON.parse(content)
}
