import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { startConstellation } from './constellation.ts'
import { keepApart, makeHome, marketMarkIn } from './home.ts'
import { claim } from './instance.ts'
import { portMessage, whatKeepsFrom } from './ports.ts'
import { demoFrom, homePath, portsFrom } from './places.ts'
import { originOf, webHost } from './processes.ts'
import { explain, Refusal } from './refusal.ts'
import { type Ports } from './services.ts'
import { untilToldToStop } from './signals.ts'

const roomBytes = 300_000_000

/** `npm start`: everything up, one address, and all of it down again at Ctrl-C. */
async function start(toldToStop: AbortSignal): Promise<void> {
  const ports = portsFrom(process.env)
  const demo = demoFrom(process.env)
  await makeHome(homePath)
  const { release, wasInterrupted } = await claim(homePath, { ports, origin: originOf(ports) })
  try {
    await checkRoom(homePath)
    await checkPorts(ports, wasInterrupted)
    await keepApart(homePath, demo)
    if (!demo && existsSync(marketMarkIn(homePath)))
      console.log('The demo market is still in what is kept here. To begin anew without it: npm run reset')
    await using _ = await startConstellation({
      dataDir: homePath,
      ports,
      demo,
      market: demo,
      signal: toldToStop,
      tell: (line) => console.log(line),
    })
    console.log(`Samkraft is running: ${originOf(ports)} (Ctrl-C stops it)`)
    await new Promise((resolve) => toldToStop.addEventListener('abort', resolve, { once: true }))
    console.log('Stopping…')
  } finally {
    await release()
  }
}

async function checkRoom(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(path)
  if (bavail * bsize > roomBytes) return
  throw new Refusal(
    `The disk is full: ${Math.round((bavail * bsize) / 1e6)} MB are left where ${path} is, and Samkraft needs ${roomBytes / 1e6} MB to start.`,
  )
}

/** After a run that was killed, what it started is still on its way out: that is waited for. */
async function checkPorts(ports: Ports, wasInterrupted: boolean): Promise<void> {
  const until = Date.now() + (wasInterrupted ? 12_000 : 0)
  for (const [part, port] of Object.entries(ports)) {
    const look = () => whatKeepsFrom(port, part === 'web' ? webHost : undefined)
    for (let reason = await look(); reason !== null; reason = await look()) {
      if (reason !== 'EADDRINUSE' || Date.now() >= until) throw new Refusal(portMessage(part, port, reason))
      await pause(200)
    }
  }
}

const toldToStop = untilToldToStop()
try {
  await start(toldToStop)
  process.exit(0)
} catch (error) {
  if (toldToStop.aborted) process.exit(0)
  console.error(explain(error))
  process.exit(1)
}
