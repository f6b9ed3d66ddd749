import { createHash, createHmac, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'

/** 256 random bits in base64url: what a browser holds for its session. Only its hash is ever stored. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of a secret. A plain hash is enough: there is nothing to guess in 256 random bits. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The key of what identity derives for itself, taken from its signing key so that there is one secret to guard. */
export function deriveKey(signingKey: KeyObject): Buffer {
  const material = signingKey.export({ format: 'der', type: 'pkcs8' })
  return Buffer.from(hkdfSync('sha256', material, '', 'samkraft identity derivations v1', 32))
}

/**
 * An invitation's secret, derived from its id: a repeated command can answer with the same secret without it being
 * stored anywhere. Without `key` it is as unguessable as a random one.
 */
export function invitationSecret(key: Buffer, invitationId: string): string {
  return createHmac('sha256', key).update(`invitation:${invitationId}`).digest('base64url')
}

/**
 * Stands for a password in a command's stored input, so that a key reused with another password is noticed.
 * Keyed, hence of no help to anyone who reads the table.
 */
export function passwordFingerprint(key: Buffer, password: string): string {
  return createHmac('sha256', key).update(`password:${password}`).digest('base64')
}
