import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newPassword } from './postgres.ts'
import { Refusal } from './refusal.ts'
import { allRoles, type Role } from './services.ts'

/** Where one instance keeps everything it must not lose, and its logs. */
export type Home = {
  readonly path: string
  readonly secrets: Secrets
}

/** Made once, at the first start, and never shown. */
export type Secrets = {
  readonly superuser: string
  readonly roles: Readonly<Record<Role, string>>
  /** Ed25519, base64 of SPKI DER and PKCS8 DER: identity signs who acts, every service checks it. */
  readonly actorPublicKey: string
  readonly actorPrivateKey: string
}

/** Makes the directory, unless it is there. */
export async function makeHome(path: string): Promise<void> {
  // Others may pass through, because the database runs as another user when root starts it, but not look around.
  await mkdir(path, { recursive: true, mode: 0o711 })
  await chmod(path, 0o711)
  await mkdir(join(path, 'logs'), { recursive: true, mode: 0o700 })
}

/** Opens the directory, making it and its secrets the first time; for whoever has claimed it. */
export async function openHome(path: string): Promise<Home> {
  await makeHome(path)
  const kept = await readSecrets(path)
  const secrets = kept ? withEveryRole(kept) : newSecrets()
  if (JSON.stringify(secrets) !== JSON.stringify(kept)) {
    await writeWhole(secretsIn(path), JSON.stringify(secrets, null, 2))
  }
  return { path, secrets }
}

/** The secrets kept in the directory; nothing when none have been made yet. */
export async function readSecrets(path: string): Promise<Secrets | undefined> {
  const content = await readFile(secretsIn(path), 'utf8').catch(ifMissing)
  if (content === undefined) return undefined
  try {
    return JSON.parse(content) as Secrets
  } catch {
    // What the parser says would show some of them.
    throw new Refusal(
      `The passwords in ${secretsIn(path)} cannot be read. Put that file back from a backup, or start over with: npm run reset`,
    )
  }
}

export function secretsIn(path: string): string {
  return join(path, 'secrets.json')
}

export function newSecrets(): Secrets {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  })
  return withEveryRole({
    superuser: newPassword(),
    roles: {},
    actorPublicKey: publicKey.toString('base64'),
    actorPrivateKey: privateKey.toString('base64'),
  })
}

/** A later version may know more roles than the one that made the file. */
function withEveryRole(secrets: Omit<Secrets, 'roles'> & { roles: Partial<Secrets['roles']> }): Secrets {
  const roles = Object.fromEntries(allRoles.map((role) => [role, secrets.roles[role] ?? newPassword()]))
  return { ...secrets, roles: roles as Record<Role, string> }
}

/** Writes beside and renames: a reader, or a crash, never meets half a file. Only the owner reads it. */
export async function writeWhole(file: string, content: string): Promise<void> {
  await writeFile(`${file}.new`, content, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

export function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
