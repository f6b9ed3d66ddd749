import { createHash } from 'node:crypto'

export type Limit = Readonly<{
  /** What is counted, hashed: the table holds no address of a person or a machine in clear. */
  key: Buffer
  /** Attempts let through per window; successes are not counted. */
  most: number
}>

/** How long attempts are remembered, from the first of them. */
export const windowMinutes = 15

/**
 * Guesses at one account, wherever they come from. High enough that a person who mistypes is not locked out,
 * low enough that guessing is hopeless: at most 960 guesses a day.
 */
export function accountLimit(email: string): Limit {
  return { key: keyOf('account', email), most: 10 }
}

/** Guesses from one place at any account. A whole town hall may share an address, hence the room. */
export function addressLimit(address: string): Limit {
  return { key: keyOf('address', address), most: 200 }
}

function keyOf(kind: string, value: string): Buffer {
  return createHash('sha256').update(`${kind}:${value}`).digest()
}
