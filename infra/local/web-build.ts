import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { glob, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './places.ts'
import { type Tell } from './supervisor.ts'

/** Everything that ends up in the built pages. */
const sources = [
  'web/{src,static,messages,project.inlang}/**/*',
  'web/*.{ts,js,json}',
  'packages/{kernel,contracts}/{src/**/*,package.json}',
  'pnpm-lock.yaml',
]

/** Made by the build from the sources. */
const generated = /^web\/src\/lib\/paraglide\/|^web\/project\.inlang\/(cache|README|\.)|\.test\.ts$/

/** Builds the web unless the last build was made from these very sources. */
export async function buildWeb(tell: Tell, signal?: AbortSignal): Promise<void> {
  const mark = join(root, 'web/build/.sources')
  const now = await hashSources()
  if ((await readFile(mark, 'utf8').catch(() => '')) === now) return
  tell('Building the web…')
  await rm(mark, { force: true })
  await vite(signal)
  await writeFile(mark, now)
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
