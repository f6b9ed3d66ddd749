import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { addressOf } from './lib/server/address.ts'
import { config, unsaid } from './lib/server/config.ts'
import { log } from './lib/server/log.ts'

/**
 * The web's process: the built SvelteKit handler behind a server of our own, which tells it the configured origin and
 * the browser's address, and stops cleanly. Kit asks request headers for them; whatever a client wrote in those is
 * overwritten here.
 */
const protocolHeader = 'x-samkraft-protocol'
const hostHeader = 'x-samkraft-host'
const addressHeader = 'x-samkraft-address'
const stopWithin = 8_000

type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

async function buildHandler(): Promise<Handler> {
  process.env.PROTOCOL_HEADER = protocolHeader
  process.env.HOST_HEADER = hostHeader
  process.env.ADDRESS_HEADER = addressHeader
  const built = new URL('../build/handler.js', import.meta.url)
  const { handler } = (await import(built.href)) as { handler: Handler }
  return handler
}

const origin = new URL(config.origin)
const open = new Set<ServerResponse>()
let stopping = false

const server = createServer()

// Before the pages are read, which takes a moment: whoever started us may be gone by then.
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
// A supervisor that started us over IPC and is gone leaves a closed channel: nobody would ever stop us.
if (process.connected) process.once('disconnect', stop)

const handler = await buildHandler()

server.on('request', (request, response) => {
  request.headers[protocolHeader] = origin.protocol.slice(0, -1)
  request.headers[hostHeader] = origin.host
  request.headers[addressHeader] = addressOf(request, config.addressHeader)
  response.setHeader('x-content-type-options', 'nosniff')
  if (stopping) response.setHeader('connection', 'close')
  open.add(response)
  response.once('close', () => open.delete(response))
  handler(request, response, () => response.writeHead(404).end())
})

/** Lets requests in flight finish, ends live streams (the browser comes back by itself), then leaves. */
function stop(): void {
  if (stopping) return
  stopping = true
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  for (const response of open) {
    if (response.getHeader('content-type') === 'text/event-stream') response.destroy()
    response.once('close', () => server.closeIdleConnections())
  }
  setTimeout(() => process.exit(0), stopWithin).unref()
}

server.on('error', (error: NodeJS.ErrnoException) => {
  const sentence = error.code === 'EADDRINUSE' ? `port ${config.port} on ${config.host} is taken` : error.message
  console.error(`web cannot listen: ${sentence}`)
  process.exit(1)
})

server.listen(config.port, config.host, () => {
  log('info', 'listening', { host: config.host, port: config.port })
  const missing = unsaid(config)
  if (missing) log('warn', missing)
})
