import type { Migrations } from '@samkraft/db'
import * as organisations from './0001-organisations.ts'
import * as vocabulary from './0002-vocabulary.ts'
import * as listings from './0003-listings.ts'
import * as ledger from './0004-ledger.ts'
import * as wordsInMemory from './0005-words-in-memory.ts'
import * as searchWordByWord from './0006-search-word-by-word.ts'
import * as weeksGoneBy from './0007-weeks-gone-by.ts'
import * as offerConditions from './0008-offer-conditions.ts'
import * as startsOrNever from './0009-starts-or-never.ts'
import * as placesTold from './0010-places-told.ts'

/** What the marketplace adds to the tables every service has, in order. */
export const migrations: Migrations = {
  '0001-organisations': organisations,
  '0002-vocabulary': vocabulary,
  '0003-listings': listings,
  '0004-ledger': ledger,
  '0005-words-in-memory': wordsInMemory,
  '0006-search-word-by-word': searchWordByWord,
  '0007-weeks-gone-by': weeksGoneBy,
  '0008-offer-conditions': offerConditions,
  '0009-starts-or-never': startsOrNever,
  '0010-places-told': placesTold,
}
