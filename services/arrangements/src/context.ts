import type { Log, Request } from '@samkraft/http'
import type { Actor } from '@samkraft/kernel'
import type { Kysely } from 'kysely'
import type { Schema } from './db/schema.ts'

/** Everything a use case of arrangements may use. */
export type Services = Readonly<{ db: Kysely<Schema> }>

/** A call by somebody who is known. */
export type MemberContext = Services & Request & { actor: Actor; log: Log }
