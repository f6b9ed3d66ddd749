import { createHash } from 'node:crypto'

/** The namespace of all organisation ids of Samkraft; changing it would make every organisation a new one. */
const namespace = Buffer.from('5b0f6d1e8c3a4f7e9d2b6a41c7e0935f', 'hex')

/**
 * The id of an organisation that comes from a register, derived from its key there: a version 5 UUID (RFC 9562).
 * Unlike other ids, which are UUIDv7, it is the same on every installation, so that addresses can be shared,
 * demo data can name its municipalities and loading the register twice changes nothing.
 * Keys: `municipality:<SCB code>`, `region:<county code>`, `national_association:skr`.
 */
export function organisationIdFor(key: string): string {
  return nameBasedId(`organisation:${key}`)
}

/** Likewise for the accounts of a demonstration. */
export function demoPersonIdFor(email: string): string {
  return nameBasedId(`demo-person:${email}`)
}

function nameBasedId(name: string): string {
  const bytes = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
