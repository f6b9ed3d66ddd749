import { expect, test } from 'vitest'
import { readBesides } from './besides.ts'

const spring = { from: '2027-01-01', to: '2027-07-01' }

test.each([
  ['skolpsykolog våren 30 elever', null, 'skolpsykolog våren elever'],
  ['skolpsykolog vt 28 elever', null, 'skolpsykolog elever'],
  ['school nurse in spring 30 pupils', null, 'school nurse in spring pupils'],
  ['skolpsykolog vt 2027, 28 elever', spring, 'skolpsykolog , elever'],
  ['kurator 1 200 elever', null, 'kurator elever'],
  // Before all years that anything is offered or asked for.
  ['kurator 2000 elever', null, 'kurator elever'],
  // Written as no number of anything is.
  ['kurator från 2027 elever', { from: '2027-01-01', to: '2100-01-01' }, 'kurator elever'],
  ['skolpsykolog VT27 elever', spring, 'skolpsykolog elever'],
  ["skolpsykolog vt '27 elever", spring, 'skolpsykolog elever'],
  ['skolpsykolog läsåret 26/27 elever', { from: '2026-07-01', to: '2027-07-01' }, 'skolpsykolog elever'],
  ['skolpsykolog våren 2027 elever', spring, 'skolpsykolog elever'],
  // What follows is not counted.
  ['vt 27 lärare', spring, 'lärare'],
  ['vt 27 skolpsykolog', spring, 'skolpsykolog'],
  ['lärare åk 7-9 elever', null, 'lärare åk 7-9 elever'],
  // Which one it is, and not how many.
  ['lärare åk 7 elever', null, 'lärare åk 7 elever'],
  ['lärare Årskurs 7 klasser', null, 'lärare Årskurs 7 klasser'],
  ['teacher year 7 pupils', null, 'teacher year 7 pupils'],
  ['lärare åk 7 30 elever', null, 'lärare åk 7 elever'],
  // How long, and not what for.
  ['skolsköterska sex månader', null, 'skolsköterska månader'],
  ['sex- och samlevnad', null, 'sex- och samlevnad'],
  ['kurator läsåret 26 elever', null, 'kurator läsåret elever'],
] as const)('%s is for %o of what else it says', (text, period, rest) => {
  const read = readBesides(text)
  expect(read.period).toEqual(period)
  expect(read.rest.trim().replaceAll(/\s+/g, ' ')).toBe(rest)
})
