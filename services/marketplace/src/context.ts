import type { Request } from '@samkraft/http'
import type { Actor } from '@samkraft/kernel'
import type { Kysely } from 'kysely'
import type { TextQueries } from './app/text-query.ts'
import type { Schema } from './db/schema.ts'
import type { Resolver } from './domain/resolver/resolver.ts'
import type { Vocabulary } from './domain/vocabulary.ts'

/** All that a use case may use. Built once in `main.ts`. */
export type Services = Readonly<{
  db: Kysely<Schema>
  vocabulary: Vocabulary
  /** What typed words mean. It takes a moment to come up, and is then kept. */
  resolver: () => Promise<Resolver>
  /** What typed words mean in the text index. */
  textQueries: TextQueries
}>

/** A call by a signed-in member, for one organisation. */
export type MemberContext = Services & Pick<Request, 'requestId'> & Readonly<{ actor: Actor }>
