import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsPersonalNumber } from './personal-number.ts'

const two = (number: number) => String(number).padStart(2, '0')

/** The digit that makes nine others right, by a way of its own: the one of ten that does. */
function checkDigit(nine: string): number {
  const weights = [2, 1, 2, 1, 2, 1, 2, 1, 2]
  const sum = weights.map((weight, at) => String(Number(nine[at]) * weight)).join('')
  const total = [...sum].reduce((all, digit) => all + Number(digit), 0)
  return (10 - (total % 10)) % 10
}

const number = fc
  .record({
    born: fc.date({ min: new Date('1890-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
    serial: fc.integer({ min: 0, max: 999 }),
    withCentury: fc.boolean(),
    mark: fc.constantFrom('-', '', '+', '–'),
    isCoordinated: fc.boolean(),
    wrongBy: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ born, serial, withCentury, mark, isCoordinated, wrongBy }) => {
    const [year, month] = [String(born.getUTCFullYear()), two(born.getUTCMonth() + 1)]
    const day = two(born.getUTCDate() + (isCoordinated ? 60 : 0))
    const [date, last] = [year.slice(2) + month + day, String(serial).padStart(3, '0')]
    const check = checkDigit(date + last)
    const begun = `${withCentury ? year.slice(0, 2) : ''}${date}${mark}${last}`
    return { right: `${begun}${check}`, wrong: `${begun}${(check + wrongBy) % 10}` }
  })

/** Words around it; a digit that touches it makes it part of another number. */
const around = fc.stringMatching(/^[^\d]{0,20}$/)

test('a personal number is found wherever it stands in a text, and is none with another check digit', () => {
  fc.assert(
    fc.property(number, around, around, ({ right, wrong }, before, after) => {
      expect(holdsPersonalNumber(`${before}${right}${after}`)).toBe(true)
      expect(holdsPersonalNumber(`${before}${wrong}${after}`)).toBe(false)
      expect(holdsPersonalNumber(`${before}7${right}${after}`)).toBe(false)
    }),
  )
})

test('what only resembles one is none', () => {
  for (const text of [
    // Month 13, day 32, day 92, 29 February of 2023: each with its check digit right.
    '851301-1232',
    '850132-1239',
    '850192-1236',
    '230229-1238',
    // Telephone, diary, organisation, IBAN and bank giro numbers, days, hours and pages.
    '0221-67 00 00',
    '070-112 12 34',
    '+46 70 112 12 34',
    'SKR2025/03141',
    'dnr 2026-00123',
    '212000-2080',
    'SE35 5000 0000 0549 1000 0003',
    '2027-01-11 – 2027-06-11',
    '20270111-20270611',
    '',
  ])
    expect(holdsPersonalNumber(text), text).toBe(false)
})
