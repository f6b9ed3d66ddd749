import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { glob, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { take } from './lock.ts'
import { root } from './places.ts'
import { type Tell } from './supervisor.ts'

/** Everything that ends up in the built pages. */
const sources = [
  'web/{src,static,messages,project.inlang}/**/*',
  'web/*.{ts,js,json}',
  'packages/{kernel,contracts}/{src/**/*,package.json}',
  'pnpm-lock.yaml',
]

const mark = join(root, 'web/build/.sources')
const lock = join(root, 'web/node_modules/.building')

/** Made by the build from the sources. */
const generated = /^web\/src\/lib\/paraglide\/|^web\/project\.inlang\/(cache|README|\.)|\.test\.ts$/

/** Builds the web unless the last build was made from these very sources. One process at a time does. */
export async function buildWeb(tell: Tell, signal?: AbortSignal): Promise<void> {
  const wanted = await hashSources()
  const isBuilt = async () => (await readFile(mark, 'utf8').catch(() => '')) === wanted
  if (await isBuilt()) return
  tell('Building the web…')
  while ((await take(lock)) !== 'taken') await pause(200, undefined, { signal })
  try {
    if (await isBuilt()) return
    await rm(mark, { force: true })
    await vite(signal)
    await writeFile(mark, wanted)
  } finally {
    await rm(lock, { force: true })
  }
}

async function vite(signal?: AbortSignal): Promise<void> {
  const web = join(root, 'web')
  const child = spawn(process.execPath, [join(web, 'node_modules/vite/bin/vite.js'), 'build'], {
    cwd: web,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (output += String(chunk)))
  const [code] = (await once(child, 'close').catch(() => [null])) as [number | null]
  if (code !== 0) throw new Error(`The web could not be built:\n${output.trim()}`)
}

async function hashSources(): Promise<string> {
  const files: string[] = []
  for (const pattern of sources) {
    for await (const entry of glob(pattern, { cwd: root, withFileTypes: true })) {
      if (entry.isFile()) files.push(join(entry.parentPath, entry.name).slice(root.length + 1))
    }
  }
  const hash = createHash('sha256')
  for (const file of files.filter((name) => !generated.test(name)).sort()) {
    hash.update(`${file}\0`).update(await readFile(join(root, file)))
  }
  return hash.digest('hex')
}
