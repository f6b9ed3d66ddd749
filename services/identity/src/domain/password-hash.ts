import { argon2, type Argon2Parameters, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2)

/** What a guess costs: KiB of memory, passes over it, lanes. */
type Strength = Readonly<Pick<Argon2Parameters, 'memory' | 'passes' | 'parallelism'>>

/** OWASP's least for argon2id (Password Storage Cheat Sheet, 2025): 19 MiB, two passes, one lane. */
const owasp: Strength = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const hashBytes = 32

/** How passwords are kept and compared. In the context, so that a test can count how often. */
export type Passwords = Readonly<{
  /** A salted argon2id hash in PHC form, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  hash(password: string): Promise<string>
  /** Takes the same time whether right or wrong. */
  verify(hash: string, password: string): Promise<boolean>
  /** The hash of a password nobody has: verified against when there is no account, so that its absence takes as long. */
  decoy: string
}>

export async function createPasswords(strength = owasp): Promise<Passwords> {
  const hash = (password: string) => hashWith(strength, password)
  return { hash, verify, decoy: await hash(randomBytes(32).toString('base64')) }
}

async function hashWith(strength: Strength, password: string): Promise<string> {
  const nonce = randomBytes(saltBytes)
  const tag = await derive('argon2id', { ...strength, message: bytesOf(password), nonce, tagLength: hashBytes })
  const { memory, passes, parallelism } = strength
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${encode(nonce)}$${encode(tag)}`
}

async function verify(hash: string, password: string): Promise<boolean> {
  const [, m, t, p, salt = '', tag = ''] =
    /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(hash) ?? []
  const expected = Buffer.from(tag, 'base64')
  if (expected.length === 0) throw new Error('a stored password hash is not argon2id in PHC form')
  const actual = await derive('argon2id', {
    message: bytesOf(password),
    nonce: Buffer.from(salt, 'base64'),
    memory: Number(m),
    passes: Number(t),
    parallelism: Number(p),
    tagLength: expected.length,
  })
  return timingSafeEqual(expected, actual)
}

/** Composed form: the same password typed on two keyboards is the same bytes. */
function bytesOf(password: string): Buffer {
  return Buffer.from(password.normalize('NFKC'))
}

function encode(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
