import { createHash, createHmac } from 'node:crypto'

export type Limit = Readonly<{
  /** What is counted, hashed: the table holds no address of a person or a machine in clear. */
  key: Buffer
  /** Attempts let through per window; successes are not counted. */
  most: number
}>

/** How long attempts are remembered, from the first of them. */
export const windowMinutes = 15

/** Guesses from one place at any account. A whole town hall may share an address, hence the room. */
export function placeLimit(address: string): Limit {
  return { key: keyOf('place', placeOf(address)), most: 200 }
}

/**
 * Guesses from one place at one account. High enough that a person who mistypes is not locked out, low enough that guessing
 * is hopeless. Whoever guesses locks out themselves, and not the one whose account it is.
 */
export function accountFromPlaceLimit(email: string, address: string): Limit {
  return { key: keyOf('account-from-place', `${email} ${placeOf(address)}`), most: 10 }
}

/**
 * Guesses at one account from everywhere but where its person has signed in lately, which ten places are enough to use up:
 * whoever has as many would otherwise lock its person out for as long as they like. Guessing is still hopeless: 9 600 a day.
 */
export function accountLimit(email: string): Limit {
  return { key: keyOf('account', email), most: 100 }
}

/** How long a place is known by which somebody has signed in, from the last time. */
export const knownDays = 90

/** What a place is remembered by: it is kept for months, so it is keyed, and of no help to anyone who reads the table. */
export function knownPlace(derivationKey: Buffer, email: string, address: string): Buffer {
  return createHmac('sha256', derivationKey)
    .update(`known-place:${email} ${placeOf(address)}`)
    .digest()
}

/** Where a call comes from: an IPv4 address, or the /64 network of an IPv6 one, all of which one subscriber has to choose from. */
function placeOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  const [left = [], right] = address.split('::').map((part) => part.split(':').filter((group) => group !== ''))
  const zeros = right ? Array.from({ length: 8 - left.length - right.length }, () => '0') : []
  const groups = [...left, ...zeros, ...(right ?? [])].slice(0, 4)
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

function keyOf(kind: string, value: string): Buffer {
  return createHash('sha256').update(`${kind}:${value}`).digest()
}
