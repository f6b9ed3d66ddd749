import { transact } from '@samkraft/db'
import type { Kysely, Transaction } from 'kysely'
import { readVocabulary } from '../db/competences.ts'
import type { Schema } from '../db/schema.ts'
import { loadedHash, replaceVocabulary } from '../db/vocabulary.ts'
import { openVocabularyFiles } from '../db/vocabulary-files.ts'
import type { Vocabulary } from '../domain/vocabulary.ts'
import { wordsFor } from '../domain/vocabulary-words.ts'

/** Counts up when `wordsFor` makes other words of the same files. */
const wordRules = 1

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
  const hash = `${wordRules}:${files.hash}`
  if ((await loadedHash(tx)) === hash) return
  const sources = files.read()
  await replaceVocabulary(tx, hash, sources, wordsFor(sources))
}
