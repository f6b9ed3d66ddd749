import { expect, test } from 'vitest'
import { ownPath } from './own-path.ts'
import { paths, withQuery } from './paths.ts'

test.each([
  ['/utbud?q=psykolog#karta', '/utbud?q=psykolog#karta'],
  ['/', '/'],
  ['/å', '/%C3%A5'],
])('%s leads to %s', (asked, led) => {
  expect(ownPath(asked)).toBe(led)
})

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'utbud',
  '',
  '/..//evil.example',
  null,
  undefined,
])('%j leads to the start page', (asked) => {
  expect(ownPath(asked)).toBe('/')
})

test('signing in keeps where one was going', () => {
  expect(paths.signIn('/behov/1?flik=a b')).toBe('/logga-in?till=%2Fbehov%2F1%3Fflik%3Da+b')
  expect(paths.signIn('/')).toBe('/logga-in')
})

test('what is not set is not in the address', () => {
  expect(withQuery('/utbud', { q: 'psykolog', kommun: ['1962', '1980'], sida: null, ordning: '' })).toBe(
    '/utbud?q=psykolog&kommun=1962&kommun=1980',
  )
  expect(withQuery('/utbud', { q: undefined })).toBe('/utbud')
})
