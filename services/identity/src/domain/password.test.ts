import { DomainError } from '@samkraft/kernel'
import { expect, test } from 'vitest'
import { assertAcceptable } from './password.ts'

function refusal(password: string, context: string[] = []): string | null {
  try {
    assertAcceptable(password, { field: 'password', context })
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

test.each(['kort', 'elva tecken', ''])('%j is too short', (password) => {
  expect(refusal(password)).toBe('password.too_short')
})

test('two hundred characters are the most', () => {
  expect(refusal('gråsparv '.repeat(30))).toBe('password.too_long')
})

test.each([
  'password1234',
  'Lösenord!2027',
  'Sommaren2027!',
  'samkraft-2026',
  'ensam-ar-inte-stark',
  '123456789012',
  '210987654321',
  'qwertyuiopas',
  'aaaaaaaaaaaa',
  'abababababab',
  '2027-01-11-08',
])('%j is too common', (password) => {
  expect(refusal(password)).toBe('password.too_common')
})

test('the own address and organisation are no secrets', () => {
  expect(refusal('Skinnskatteberg1', ['Skinnskatteberg'])).toBe('password.too_common')
  expect(refusal('anna.berg-2027', ['anna.berg'])).toBe('password.too_common')
})

test.each(['gråsparv på taket', 'alltidregnigt', 'k7Qz!pL0x#2v', 'ett långt men vanligt ord', 'пять зелёных'])(
  '%j is good enough, whatever it is made of',
  (password) => {
    expect(refusal(password)).toBeNull()
  },
)
