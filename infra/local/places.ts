import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Refusal } from './refusal.ts'
import { defaultPorts, type Ports } from './services.ts'

/** The folder the project is in. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** Types are stripped and sources compiled once, not at every start. */
export const compileCache = join(root, 'node_modules/.cache/node')

/** Where `npm start` keeps everything; SAMKRAFT_HOME puts it elsewhere. */
export const homePath = resolve(root, process.env.SAMKRAFT_HOME ?? join(root, '.samkraft'))

/** The ports to listen on: PORT_WEB, PORT_IDENTITY and so on, or the usual ones. */
export function portsFrom(env: NodeJS.ProcessEnv): Ports {
  const ports = Object.entries(defaultPorts).map(([part, usual]) => {
    const name = `PORT_${part.toUpperCase()}`
    const text = env[name]
    const port = text === undefined ? usual : Number(text)
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Refusal(`${name} is "${text}"; it must be a whole number from 1 to 65535.`)
    }
    return [part, port] as const
  })
  const twice = ports.find(([part, port]) => ports.some(([other, same]) => other !== part && same === port))
  if (twice) throw new Refusal(`Port ${twice[1]} is given to more than one part; each needs its own.`)
  return Object.fromEntries(ports) as Ports
}

/** Whether to start the demonstration, whose accounts are open to everybody. */
export function demoFrom(env: NodeJS.ProcessEnv): boolean {
  const text = env.SAMKRAFT_DEMO
  if (text !== undefined && text !== '0' && text !== '1') {
    throw new Refusal(`SAMKRAFT_DEMO is "${text}"; it must be 0 or 1.`)
  }
  return text !== '0'
}
