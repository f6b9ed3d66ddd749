import { createHash } from 'node:crypto'

/** A version-8 UUID (RFC 9562, own content) of what a command says: said again, it is the same command. */
export function keyFrom(...said: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(said)).digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}
