import type { KeyObject } from 'node:crypto'
import type { Log, Request } from '@samkraft/http'
import type { Actor } from '@samkraft/kernel'
import type { Kysely } from 'kysely'
import type { Schema } from './db/schema.ts'
import type { Passwords } from './domain/password-hash.ts'

/** Everything a use case of identity may use. */
export type Services = Readonly<{
  db: Kysely<Schema>
  passwords: Passwords
  /** Signs actor tokens; no other service has it. */
  actorPrivateKey: KeyObject
  /** Of what identity derives for itself: invitations' secrets and passwords' fingerprints. */
  derivationKey: Buffer
  /** Whether the demonstration's accounts exist and its password works. */
  demo: boolean
}>

/** A call from the command line of the server, for whichever organisation. */
export type OperatorContext = Pick<Services, 'db' | 'derivationKey'> & Pick<Request, 'requestId'>

/** A call that needs no sign-in: it proves itself by a password or a secret. */
export type OpenContext = Services & Request & { log: Log }

/** A call by somebody who is known. */
export type MemberContext = OpenContext & { actor: Actor }
