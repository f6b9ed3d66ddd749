import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { mostCompetences } from '@samkraft/contracts/marketplace'
import { expect, test } from 'vitest'
import { root } from '../../infra/local/places.ts'
import { openVocabularyFiles } from '../../services/marketplace/src/db/vocabulary-files.ts'

const vocabulary = (await openVocabularyFiles()).read()

/** A file of matching, which no field has a comma in. */
function rowsOf(name: string): string[][] {
  const csv = readFileSync(join(root, 'services/matching/data/sources', name), 'utf8')
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','))
}

const competences = rowsOf('competences.csv')

test('matching grades the competences that words are understood as, by the same codes', () => {
  const codeOf = (slug: string, system: string) =>
    vocabulary.codes.find((code) => code.slug === slug && code.system === system)?.code ?? ''
  const ours = vocabulary.competences.map(({ slug, group }) => [
    ...[slug, group, codeOf(slug, 'jobtech-occupation-name')],
    ...[codeOf(slug, 'jobtech-skill'), codeOf(slug, 'ssyk-2012')],
  ])
  expect(competences.toSorted()).toEqual(ours.toSorted())
})

test('matching grades by the same substitutability and the same skills', () => {
  const occupations = new Set(competences.map(([, , occupation]) => occupation))
  const substitutes = vocabulary.substitutes
    .filter(({ occupation, substitute }) => occupations.has(occupation) && occupations.has(substitute))
    .map(({ occupation, substitute, percent }) => [occupation, substitute, String(percent)])
  expect(rowsOf('occupation_substitutability.csv').toSorted()).toEqual(substitutes.toSorted())
  const groups = new Set(competences.map(([, , , , ssyk]) => ssyk))
  const skills = vocabulary.ssykSkills.filter(({ ssyk }) => groups.has(ssyk)).map(({ ssyk, skill }) => [ssyk, skill])
  expect(rowsOf('ssyk4_skill.csv').toSorted()).toEqual(skills.toSorted())
})

test('a word may be found in all of them', () => {
  expect(vocabulary.competences.length).toBeLessThanOrEqual(mostCompetences)
})
