import { expect, test } from 'vitest'
import { arrangementTitle } from '#lib/arrangements/words.ts'
import { soughtWords } from './sought-words.ts'

const named = (name: string) => ({ name: `${name} kommun`, shortName: name })

test('each word is looked for once, and a number may have a space in it', () => {
  expect(soughtWords(' logoped  Norberg logoped')).toEqual(['logoped', 'norberg'])
  expect(soughtWords('KS 2026/101')).toEqual(['ks', '2026/101'])
  expect(soughtWords(' , ')).toEqual([])
})

test.for([1, 2, 5])('a pasted title of %i borrowers is looked for without what only joins its words', (count) => {
  const borrowers = ['Sala', 'Fagersta', 'Kungsör', 'Arboga', 'Köping'].slice(0, count)
  const title = arrangementTitle('Tal och språk', { lender: named('Norberg'), borrowers: borrowers.map(named) })
  expect(soughtWords(title)).toEqual([
    'tal',
    'språk',
    'norberg',
    ...borrowers.slice(0, 2).map((name) => name.toLowerCase()),
  ])
})

test('what only joins is looked for where there is nothing else', () => {
  expect(soughtWords('och')).toEqual(['och'])
})
