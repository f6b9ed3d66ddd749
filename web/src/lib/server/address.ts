import type { IncomingMessage } from 'node:http'

/**
 * Where the browser is: the other end of our socket, or what the configured proxy says in `addressHeader`. A proxy adds what it
 * has seen itself at the end; everything before that is what a client has written.
 */
export function addressOf(
  {
    headers,
    socket,
  }: Readonly<{ headers: IncomingMessage['headers']; socket: { remoteAddress?: string | undefined } }>,
  addressHeader: string | undefined,
): string {
  const told = addressHeader === undefined ? undefined : headers[addressHeader]
  return (
    String(told ?? '')
      .split(',')
      .at(-1)
      ?.trim() ||
    socket.remoteAddress ||
    'unknown'
  )
}
