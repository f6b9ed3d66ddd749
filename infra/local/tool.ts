import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { newSecrets, readSecrets, type Secrets } from './home.ts'
import { readRunning, type Running } from './instance.ts'
import { homePath, portsFrom, root } from './places.ts'
import { originOf } from './processes.ts'
import { explain, Refusal } from './refusal.ts'

type Settings = Readonly<Record<string, string>>

/** Runs a tool of the operator with the arguments given, on the instance that runs from here or what the environment names instead. */
export async function runTool(file: string, usual: (secrets: Secrets, running: Running) => Settings): Promise<void> {
  try {
    const args = process.argv.slice(2)
    const kept = await readSecrets(homePath)
    const running = await readRunning(homePath)
    const ports = portsFrom(process.env)
    const settings = usual(kept ?? newSecrets(), running ?? { ports, origin: originOf(ports) })
    // Without arguments it says how it is used, which needs nothing.
    if (args.length > 0) assertThere(settings, { hasSecrets: kept !== undefined, isRunning: running !== undefined })
    const child = spawn(process.execPath, [join(root, file), ...args], {
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

/** Refuses where what the environment leaves out is not here either. */
function assertThere(settings: Settings, { hasSecrets, isRunning }: { hasSecrets: boolean; isRunning: boolean }): void {
  const left = Object.keys(settings).filter((name) => !process.env[name])
  if (left.length > 0 && !hasSecrets) {
    throw new Refusal(`Nothing has been started from here, and not set: ${left.join(', ')}. Start it: npm start`)
  }
  if (left.some((name) => settings[name]?.startsWith('postgres:')) && !isRunning) {
    throw new Refusal('Samkraft is not running here. Start it first, and leave it running: npm start')
  }
}
