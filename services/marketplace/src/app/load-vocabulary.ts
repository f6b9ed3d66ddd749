import { transact } from '@samkraft/db'
import type { Kysely, Transaction } from 'kysely'
import { readVocabulary } from '../db/competences.ts'
import type { Schema } from '../db/schema.ts'
import { loadedHash, replaceVocabulary } from '../db/vocabulary.ts'
import { openVocabularyFiles } from '../db/vocabulary-files.ts'
import type { Vocabulary } from '../domain/vocabulary.ts'
import { createResolver, type Resolver } from '../domain/resolver/resolver.ts'

/**
 * Brings the vocabulary in the database up to the files of `data/`, and gives it back. Does nothing when they have not
 * changed; of several processes that start at once, one loads and the others wait for it.
 */
export async function loadVocabulary(db: Kysely<Schema>): Promise<Vocabulary> {
  await transact(db, bringUpToDate)
  return readVocabulary(db)
}

/** The same within a transaction. */
export async function bringUpToDate(tx: Transaction<Schema>): Promise<void> {
  const files = await openVocabularyFiles()
  if ((await loadedHash(tx)) === files.hash) return
  await replaceVocabulary(tx, files.hash, files.read())
}

/** What typed words mean, by the files of `data/`; read when it is first asked for, and then kept. */
export function openResolver(): () => Promise<Resolver> {
  let resolver: Promise<Resolver> | undefined
  return () => (resolver ??= openVocabularyFiles().then((files) => createResolver(files.read())))
}
