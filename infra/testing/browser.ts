import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { promisify } from 'node:util'
import { Refusal } from '../local/refusal.ts'

const run = promisify(execFile)

/** The headless build of the same engine first: a window of it costs a seventh of what one of the whole browser does. */
const systemBrowsers = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium to test in: CHROMIUM_PATH, the system's, or the one that comes from npm. */
export async function findBrowser(): Promise<string> {
  const wanted = process.env.CHROMIUM_PATH
  for (const path of wanted ? [wanted] : systemBrowsers) {
    if (await isExecutable(path)) return path
  }
  if (wanted) throw new Refusal(`CHROMIUM_PATH is "${wanted}", where there is no program to run.`)
  try {
    // Loaded when it is needed, and unpacked by its own package.
    const { default: chromium } = await import('@sparticuz/chromium')
    const fromNpm = await chromium.executablePath()
    await run(fromNpm, ['--version'])
    return fromNpm
  } catch {
    throw new Refusal(
      'There is no Chromium for the end-to-end tests. Install one (Debian: apt-get install chromium-headless-shell) or set CHROMIUM_PATH.',
    )
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
