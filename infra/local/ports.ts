import { createServer } from 'node:net'

/** A port that is free on loopback right now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Why nothing of ours can listen there, as the system calls it (`EADDRINUSE`, `EACCES`); `null` when it can. */
export async function whatKeepsFrom(port: number, host = '127.0.0.1'): Promise<string | null> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, host, () => server.close(() => resolve(null)))
  })
}

/** What to do about it, for whoever starts Samkraft; `part` is what was to listen there. */
export function portMessage(part: string, port: number, reason: string): string {
  const use = (other: number) => `use another port: PORT_${part.toUpperCase()}=${other} npm start`
  if (reason === 'EADDRINUSE')
    return `Port ${port} (${part}) is taken by another program. End that, or ${use(port + 100)}`
  // On most systems the ports below 1024 are root's.
  if (reason === 'EACCES')
    return `Port ${port} (${part}) may not be used by this user. Start as root, or ${use(port + 4000)}`
  // The last is what is said of a name where nobody can be asked.
  if (part === 'web' && /^(EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN)$/.test(reason))
    return `HOST is "${process.env.HOST}", which is no address of this machine.`
  return `Port ${port} (${part}) cannot be used (${reason}). Mend that, or ${use(port + 100)}`
}
