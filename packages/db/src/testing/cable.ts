import { once } from 'node:events'
import { connect as dial, createServer, type Server, type Socket } from 'node:net'

/**
 * A way to a server that can be cut and mended, and frozen and thawed. While cut, connecting is refused and open connections are
 * gone; while frozen nothing comes through, and nobody is told.
 */
export type Cable = AsyncDisposable &
  Readonly<{ url: string; cut(): Promise<void>; mend(): Promise<void>; freeze(): void; thaw(): void }>

export async function layCable(target: string): Promise<Cable> {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let frozen = false
  const open = () =>
    createServer((near) => {
      const far = dial(Number(port), hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one.on('error', () => other.destroy())
        one.on('close', () => {
          sockets.delete(one)
          other.destroy()
        })
        one.pipe(other)
        if (frozen) one.pause()
      }
    })
  let server = open()
  const own = await listenOn(server, 0)
  const url = new URL(target)
  url.host = `127.0.0.1:${own}`

  async function cut(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  return {
    url: url.href,
    cut,
    async mend() {
      server = open()
      await listenOn(server, own)
    },
    freeze() {
      frozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      frozen = false
      for (const socket of sockets) socket.resume()
    },
    [Symbol.asyncDispose]: cut,
  }
}

/** Resolves with the port it listens on, which is any free one for 0. */
export async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address')
  return address.port
}
