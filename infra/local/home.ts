import { generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newPassword } from './postgres.ts'
import { allRoles, type Role } from './services.ts'

/** Where one instance keeps everything it must not lose, and its logs. */
export type Home = {
  readonly path: string
  readonly secrets: Secrets
  /** The secrets were made now: no database can know them yet. */
  readonly isNew: boolean
}

/** Made once, at the first start, and never shown. */
export type Secrets = {
  readonly superuser: string
  readonly roles: Readonly<Record<Role, string>>
  /** Ed25519, base64 of SPKI DER and PKCS8 DER: identity signs who acts, every service checks it. */
  readonly actorPublicKey: string
  readonly actorPrivateKey: string
}

/** Opens the directory, making it and its secrets the first time. */
export async function openHome(path: string): Promise<Home> {
  // Others may pass through, because the database runs as another user when root starts it, but not look around.
  await mkdir(path, { recursive: true, mode: 0o711 })
  await chmod(path, 0o711)
  await mkdir(join(path, 'logs'), { recursive: true, mode: 0o700 })
  const file = join(path, 'secrets.json')
  const kept = await readFile(file, 'utf8').catch(ifMissing)
  const secrets = kept === undefined ? newSecrets() : withEveryRole(JSON.parse(kept) as Secrets)
  const content = JSON.stringify(secrets, null, 2)
  if (content !== kept) await writeWhole(file, content)
  return { path, secrets, isNew: kept === undefined }
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
