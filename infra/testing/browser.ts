import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '../local/places.ts'
import { Refusal } from '../local/refusal.ts'

const run = promisify(execFile)

const systemBrowsers = [
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
  // Unpacked by its own package, which the web depends on; asked from there.
  const ask = "import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath())"
  try {
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', ask], { cwd: join(root, 'web') })
    await run(stdout, ['--version'])
    return stdout
  } catch {
    throw new Refusal(
      'There is no Chromium for the end-to-end tests. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH.',
    )
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}
