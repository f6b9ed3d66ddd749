import { readFileSync } from 'node:fs'
import { readRelations, type Relations } from './domain/relation.ts'

/** The table that comes with the code (`data/competence-relations.csv`); read once at start. */
export function loadRelations(): Relations {
  return readRelations(readFileSync(new URL('../data/competence-relations.csv', import.meta.url), 'utf8'))
}
