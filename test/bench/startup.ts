import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { root } from '../../infra/local/places.ts'
import type { Row } from './report.ts'

/** `npm start` in a folder that has been started before, until the first page is served; then what all of it holds in memory at rest. */
export async function benchStart(dataDir: string, ports: Readonly<Record<string, string>>): Promise<Row[]> {
  const first = await startUntilPage(dataDir, ports)
  await stop(first.process)
  const second = await startUntilPage(dataDir, ports)
  await pause(5_000)
  const { megabytes, processes } = residentMemory(dataDir, second.process.pid ?? 0)
  await stop(second.process)
  return [
    { what: 'npm start to the first page (installed, first start, demo market made)', p50: first.milliseconds },
    { what: 'npm start to the first page (installed, second start)', p50: second.milliseconds },
    {
      what: 'resident memory of the whole system at rest',
      beside: `${megabytes} MB in ${processes} processes (shared memory counted once, PSS)`,
    },
  ]
}

async function startUntilPage(
  dataDir: string,
  ports: Readonly<Record<string, string>>,
): Promise<{ process: ChildProcess; milliseconds: number }> {
  const started = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, ...ports, SAMKRAFT_HOME: dataDir },
    stdio: 'ignore',
    detached: true,
  })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`)
    const page = await fetch(`http://127.0.0.1:${ports.PORT_WEB}/logga-in`).catch(() => null)
    if (page?.ok) return { process: child, milliseconds: performance.now() - started }
    await pause(20)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid) process.kill(-child.pid, 'SIGINT')
  await once(child, 'exit')
}

/** Proportional set size of every process that descends from `npm start` or has its files in the data directory. Linux only. */
function residentMemory(dataDir: string, ancestor: number): { megabytes: number; processes: number } {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  const parents = new Map(all.map((pid) => [pid, parentOf(pid)]))
  const descends = (pid: number): boolean => pid === ancestor || (pid > 1 && descends(parents.get(pid) ?? 0))
  const ours = all.filter((pid) => descends(pid) || worksIn(pid, dataDir))
  const kilobytes = ours.map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0))
  return { megabytes: Math.round(kilobytes.reduce((sum, size) => sum + size, 0) / 1_024), processes: ours.length }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(join(folder))
  } catch {
    return false
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
