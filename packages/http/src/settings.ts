import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { readPrivateKey, readPublicKey } from './actor-token.ts'

// Settings every service reads alike. Each refusal says what would fit and repeats nothing: addresses hold passwords.

const aDay = 86_400

/** The address of a server that is spoken to by one of these protocols. */
export function urlSetting(...protocols: readonly string[]) {
  const begins = (value: string) => protocols.some((protocol) => value.startsWith(`${protocol}://`))
  return z
    .string({ error: 'is missing' })
    .refine((value) => begins(value) && URL.canParse(value), `must be an address like ${protocols[0]}://…`)
}

/** Identity's public key. */
export const publicKeySetting = keySetting(readPublicKey, 'public', 'must be an Ed25519 public key, base64 of SPKI DER')

/** Identity's private key. */
export const privateKeySetting = keySetting(
  readPrivateKey,
  'private',
  'must be an Ed25519 private key, base64 of PKCS#8 DER',
)

/** How long, in seconds; more than none and at most a day. */
export function secondsSetting(usual: number) {
  return z.coerce.number().positive().max(aDay).default(usual)
}

function keySetting(read: (base64: string) => KeyObject, type: 'public' | 'private', error: string) {
  return z.string({ error: 'is missing' }).refine((base64) => {
    try {
      const key = read(base64)
      return key.type === type && key.asymmetricKeyType === 'ed25519'
    } catch {
      return false
    }
  }, error)
}
