import { transact } from '@samkraft/db'
import type { Kysely } from 'kysely'
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
  const files = await openVocabularyFiles()
  const hash = `${wordRules}:${files.hash}`
  if ((await loadedHash(db)) !== hash) {
    await transact(db, async (tx) => {
      if ((await loadedHash(tx, { lock: true })) === hash) return
      const sources = files.read()
      await replaceVocabulary(tx, hash, sources, wordsFor(sources))
    })
  }
  return readVocabulary(db)
}
