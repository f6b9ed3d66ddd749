import { generateKeyPairSync } from 'node:crypto'
import { existsSync } from 'node:fs'
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

/**
 * What was once started for real stays so: with the demonstration, accounts whose password everybody knows would be let in to it,
 * and a market that is none be laid among what people have written.
 */
export async function keepApart(path: string, demo: boolean): Promise<void> {
  const file = join(path, 'kind')
  const kept = await readFile(file, 'utf8').catch(ifMissing)
  // Before this was kept, the demonstration was known by its market.
  const isReal = kept ? kept === 'real' : existsSync(secretsIn(path)) && !existsSync(marketMarkIn(path))
  if (isReal && demo) {
    throw new Refusal(
      `What is kept in ${path} was started without the demonstration. Start it so again: SAMKRAFT_DEMO=0 npm start\n` +
        'The demonstration needs another place: SAMKRAFT_HOME=… npm start',
    )
  }
  await writeWhole(file, demo ? 'demo' : 'real')
}

/** There once the demo market is laid. */
export function marketMarkIn(path: string): string {
  return join(path, 'market-laid')
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
