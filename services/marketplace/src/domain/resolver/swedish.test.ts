import { expect, test } from 'vitest'
import { readCompounds } from './compounds.ts'
import { isShortFor, slipsBetween } from './near-words.ts'
import { initialsOf, root, stem } from './swedish.ts'

test.each([
  ['utreda', 'utredare', 'utredning', 'utredningarna'],
  ['kommunikator', 'kommunikatorer', 'kommunikation', 'kommunikationer'],
  ['handledare', 'handledning', 'handledande'],
])('%s is of one family with the others', (...words) => {
  expect(new Set(words.map(root)).size).toBe(1)
})

test('a word and its inflections have one stem, and an ending never takes the whole word', () => {
  expect(new Set(['skolpsykolog', 'skolpsykologen', 'skolpsykologer', 'skolpsykologernas'].map(stem)).size).toBe(1)
  expect(['en', 'are', 'ans', 'it'].map(stem)).toEqual(['en', 'are', 'ans', 'it'])
})

test('a compound nobody has written is taken apart by the words it is made of', () => {
  const { partsOf } = readCompounds(['dyslexi', 'utredare', 'skolutredare', 'utveckling', 'ledare', 'skolledare'])
  expect(partsOf('dyslexiutredare')).toEqual(['dyslexi', 'utredare'])
  expect(partsOf('utvecklingsledare')).toEqual(['utvecklings', 'ledare'])
  expect(partsOf('utredare')).toEqual(['utredare'])
})

test.each([
  // A beginning nobody has written is one before what many compounds end in.
  ['dosimetriledare', ['dosimetri', 'ledare']],
  // What is a word itself is not looked into for smaller ones, and the s between two words is the first one's.
  ['serviceplanerare', ['service', 'planerare']],
  ['vagnsmekaniker', ['vagns', 'mekaniker']],
])('%s is taken apart as %j', (word, parts) => {
  const ofTwo = ['ser', 'vice', 'service', 'vagn', 'projekt', 'tak', 'bil', 'tid', 'plan']
  const ends = ['ledare', 'planerare', 'mekaniker']
  const { partsOf } = readCompounds([...ofTwo, ...ends, ...ofTwo.flatMap((one) => ends.map((end) => one + end))])
  expect(partsOf(word)).toEqual(parts)
})

test('a name goes by the first letters of its words and of their parts', () => {
  const partsOf = (word: string) => (word === 'yrkesvagledare' ? ['yrkes', 'vagledare'] : [word])
  expect(initialsOf('Studie- och yrkesvägledare', partsOf)).toEqual(['sy', 'soy', 'syv', 'soyv'])
})

test.each([
  ['specped', ['special', 'pedagog'], true],
  ['infosak', ['informations', 'sakerhet'], true],
  ['skolpsyk', ['skol', 'psykolog'], true],
  ['skol', ['skol', 'psykolog'], true],
  ['sp', ['special', 'pedagog'], true],
  ['pedspec', ['special', 'pedagog'], false],
  ['sped', ['special', 'pedagog'], false],
])('%s is short for %j: %s', (letters, parts, isShort) => {
  expect(isShortFor(letters, parts)).toBe(isShort)
})

test.each([
  ['kurator', 'kurator', 0],
  ['kuraotr', 'kurator', 1],
  ['kurtor', 'kurator', 1],
  ['kuratorr', 'kurator', 1],
  ['kyrator', 'kurator', 1],
  ['', 'abc', 3],
])('from %s to %s there are %i slips', (typed, meant, slips) => {
  expect(slipsBetween(typed, meant)).toBe(slips)
  expect(slipsBetween(meant, typed)).toBe(slips)
})
