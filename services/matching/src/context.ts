import type { Log, Request } from '@samkraft/http'
import type { Actor } from '@samkraft/kernel'
import type { Kysely } from 'kysely'
import type { Schema } from './db/schema.ts'
import type { Relations } from './domain/relation.ts'

/** Everything a use case of matching may use. */
export type Services = Readonly<{
  db: Kysely<Schema>
  /** How competences stand to one another. */
  relations: Relations
}>

/** A call by somebody who is known. */
export type MemberContext = Services & Request & { actor: Actor; log: Log }
