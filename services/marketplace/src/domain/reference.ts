import type { Noun } from './listing.ts'

const letters = { offer: 'E', request: 'B' } as const satisfies Record<Noun, string>

/**
 * What people call an offer (*erbjudande*) or a request (*behov*): `NORBERG-2027-B003`. Numbers count up per
 * organisation, noun and year without a gap.
 */
export function referenceOf(noun: Noun, shortName: string, year: number, number: number): string {
  const owner = shortName
    .toLocaleUpperCase('sv')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  return `${owner}-${year}-${letters[noun]}${String(number).padStart(3, '0')}`
}
