import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { deriveRelations, readSource } from '../../data/derive-relations.ts'
import { relations } from '../../test/builders.ts'

test('the committed table is the one its sources give', () => {
  const committed = readFileSync(new URL('../../data/competence-relations.csv', import.meta.url), 'utf8')
  expect(deriveRelations(readSource)).toBe(committed)
})

test.each([
  ['skolpsykolog', 'skolpsykolog', 'exact', { from: 'same' }],
  ['speciallarare', 'speciallarare-matematik', 'narrower', { from: 'ssyk', code: '2351' }],
  ['speciallarare-matematik', 'speciallarare', 'broader', { from: 'ssyk', code: '2351' }],
  ['skoljurist', 'avtalsjurist', 'substitutable', { from: 'substitutability', percentage: 75 }],
  ['utredare', 'statistiker', 'substitutable', { from: 'substitutability', percentage: 25 }],
  ['namndsekreterare', 'skoladministrator', 'related', { from: 'skills', shared: 28 }],
  ['larare-musik', 'larare-idrott', 'none', { from: 'nothing' }],
  ['skolpsykolog', 'kostchef', 'none', { from: 'nothing' }],
] as const)('%s asked for, %s offered: %s', (asked, offered, relation, source) => {
  expect(relations.between(asked, offered)).toEqual({ relation, source })
})

test('a judgement gives its reason in both languages, seen from either side', () => {
  const reason = {
    sv: 'En neuropsykolog är legitimerad psykolog med specialistbehörighet',
    en: 'A neuropsychologist is a licensed psychologist with a specialist qualification',
  }
  const source = { from: 'judgement', reason }
  expect(relations.between('skolpsykolog', 'neuropsykolog')).toEqual({ relation: 'narrower', source })
  expect(relations.between('neuropsykolog', 'skolpsykolog')).toEqual({ relation: 'broader', source })
})

test('narrower seen from the other side is broader, and related holds both ways or is something better', () => {
  const slugs = readSource('competences.csv')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '')
  for (const asked of slugs) {
    for (const offered of relations.offeredFor(asked)) {
      const there = relations.between(asked, offered).relation
      const back = relations.between(offered, asked).relation
      if (there === 'narrower') expect(back).toBe('broader')
      expect(relations.askedFor(offered)).toContain(asked)
    }
  }
})
