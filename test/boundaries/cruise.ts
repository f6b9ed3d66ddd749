import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const rooms = ['packages', 'services', 'web', 'infra', 'test']
const sourceFiles = '**/*.{ts,js,mjs,cjs,svelte}'
const notSource = /(^|\/)(node_modules|build|\.svelte-kit|paraglide|test-results|playwright-report)(\/|$)/

export type Violation = { readonly rule: string; readonly from: string; readonly to: string }

/** Reads every import below the directory and holds it against the rules. */
export async function cruiseHouse(directory: string, root: string) {
  const options = await extractDepcruiseOptions(join(root, '.dependency-cruiser.cjs'))
  const tsConfig = extractTSConfig(join(root, 'tsconfig.json'))
  const present = await roomsIn(directory)
  const { output } = await cruise(present, { ...options, baseDir: directory }, {}, { tsConfig })
  if (typeof output === 'string') throw new Error('expected a result, not a report')
  return { read: modulesIn(output), violations: violationsIn(output) }
}

/** Every source file below the directory, as the cruise names them. */
export async function sourcesIn(directory: string): Promise<string[]> {
  const files: string[] = []
  for (const room of rooms) {
    const found = glob(`${room}/${sourceFiles}`, { cwd: directory, exclude: (path) => notSource.test(path) })
    for await (const file of found) files.push(file)
  }
  return files
}

async function roomsIn(directory: string): Promise<string[]> {
  const present: string[] = []
  for await (const name of glob(rooms, { cwd: directory })) present.push(name)
  return present
}

function modulesIn({ modules }: ICruiseResult): Set<string> {
  return new Set(modules.map(({ source }) => source))
}

function violationsIn({ summary }: ICruiseResult): Violation[] {
  return summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
}
