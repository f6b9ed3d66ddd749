import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { newSecrets, readSecrets, type Secrets } from './home.ts'
import { homePath, portsFrom, root } from './places.ts'
import { explain, Refusal } from './refusal.ts'
import type { Ports } from './services.ts'

type Settings = Readonly<Record<string, string>>

/** Runs a tool of the operator with the arguments given, on the instance that runs from here or what the environment names instead. */
export async function runTool(file: string, usual: (secrets: Secrets, ports: Ports) => Settings): Promise<void> {
  try {
    const kept = await readSecrets(homePath)
    const settings = usual(kept ?? newSecrets(), portsFrom(process.env))
    const unknown = Object.keys(settings).filter((name) => !kept && !process.env[name])
    if (unknown.length > 0) {
      throw new Refusal(`Nothing has been started from here, and not set: ${unknown.join(', ')}. Start it: npm start`)
    }
    const child = spawn(process.execPath, [join(root, file), ...process.argv.slice(2)], {
      env: { ...settings, ...process.env },
      stdio: 'inherit',
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    process.exitCode = code ?? 1
  } catch (error) {
    console.error(explain(error))
    process.exitCode = 1
  }
}
