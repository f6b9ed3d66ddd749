import { expect, test } from 'vitest'
import { readTerm } from './term.ts'

const spring = { from: '2027-01-01', to: '2027-07-01' }
const autumn = { from: '2027-07-01', to: '2028-01-01' }
const fromAugust = { from: '2027-08-01', to: '2100-01-01' }

test.each([
  ['skolpsykolog vt 2027', spring, 'skolpsykolog'],
  ['skolpsykolog VT27', spring, 'skolpsykolog'],
  ['vt-27 kurator', spring, 'kurator'],
  ['kurator våren 2027', spring, 'kurator'],
  ['kurator inför vårterminen 2027', spring, 'kurator'],
  ['school nurse spring 2027', spring, 'school nurse'],
  ['school nurse in the spring term 2027', spring, 'school nurse'],
  ['kurator ht 27', autumn, 'kurator'],
  ['kurator hösten 2027', autumn, 'kurator'],
  ['kurator under höstterminen 2027', autumn, 'kurator'],
  ['school nurse autumn 2027', autumn, 'school nurse'],
  ['kurator från augusti 2027', fromAugust, 'kurator'],
  ['kurator fr.o.m. aug 2027', fromAugust, 'kurator'],
  ['kurator från och med augusti 2027', fromAugust, 'kurator'],
  ['school nurse from August 2027', fromAugust, 'school nurse'],
  ['kurator från hösten 2027', { ...fromAugust, from: '2027-07-01' }, 'kurator'],
  ['kurator i augusti 2027', { from: '2027-08-01', to: '2027-09-01' }, 'kurator'],
  ['kurator december 2027', { from: '2027-12-01', to: '2028-01-01' }, 'kurator'],
  ['kurator januari–mars 2027', { from: '2027-01-01', to: '2027-04-01' }, 'kurator'],
  ['kurator läsåret 2026/27', { from: '2026-07-01', to: '2027-07-01' }, 'kurator'],
  ['kurator läsåret 2026/2027', { from: '2026-07-01', to: '2027-07-01' }, 'kurator'],
  ['kurator 2026/27', { from: '2026-07-01', to: '2027-07-01' }, 'kurator'],
  ['kurator läsåret 26/27', { from: '2026-07-01', to: '2027-07-01' }, 'kurator'],
  // A day of a month, and not all of the month.
  ['kurator från 1 mars 2027', { from: '2027-03-01', to: '2100-01-01' }, 'kurator'],
  ['kurator fr.o.m. den 16 augusti 2027', { from: '2027-08-16', to: '2100-01-01' }, 'kurator'],
  ['kurator från 2027-08-16', { from: '2027-08-16', to: '2100-01-01' }, 'kurator'],
  ['school nurse from 16th August 2027', { from: '2027-08-16', to: '2100-01-01' }, 'school nurse'],
  ['school nurse from August 16, 2027', { from: '2027-08-16', to: '2100-01-01' }, 'school nurse'],
  ['kurator den 15 januari 2027', { from: '2027-01-15', to: '2027-01-16' }, 'kurator'],
  ['kurator 31 juni 2027', { from: '2027-07-01', to: '2027-07-02' }, 'kurator'],
  // What begins in one term and ends in another is for all of the days between.
  ['kurator vt 2027 och ht 2027', { from: '2027-01-01', to: '2028-01-01' }, 'kurator   och'],
  ['kurator vt och ht 2027', { from: '2027-01-01', to: '2028-01-01' }, 'kurator'],
  ['kurator vt/ht 27', { from: '2027-01-01', to: '2028-01-01' }, 'kurator'],
  ['kurator mellan januari och mars 2027', { from: '2027-01-01', to: '2027-04-01' }, 'kurator'],
  ['kurator ht 2027–vt 2028', { from: '2027-07-01', to: '2028-07-01' }, 'kurator  –'],
  ['kurator augusti 2027–juni 2028', { from: '2027-08-01', to: '2028-07-01' }, 'kurator  –'],
  ['kurator från augusti 2027 till juni 2028', { from: '2027-08-01', to: '2028-07-01' }, 'kurator'],
  ['kurator från 1 mars 2027 t.o.m. 15 juni 2027', { from: '2027-03-01', to: '2027-06-16' }, 'kurator'],
  ['kurator 2027-01-11–2027-06-10', { from: '2027-01-11', to: '2027-06-11' }, 'kurator  –'],
  ['kurator 1 mars–30 juni 2027', { from: '2027-03-01', to: '2027-07-01' }, 'kurator'],
  ['kurator november–februari 2027', { from: '2026-11-01', to: '2027-03-01' }, 'kurator'],
  ['kurator vt 2027, och från augusti 2028', { from: '2027-01-01', to: '2100-01-01' }, 'kurator  , och'],
  // Until a day it may run as early as it likes.
  ['kurator t.o.m. juni 2027', null, 'kurator'],
  ['kurator senast augusti 2027', null, 'kurator'],
  ['school nurse until June 2027', null, 'school nurse'],
  ['ht 60 elever', null, '60 elever'],
  ['kurator 2027', null, 'kurator'],
  ['kurator vt', null, 'kurator'],
  ['kurator från augusti', null, 'kurator'],
  ['school nurse from August', null, 'school nurse'],
] as const)('%s is for %o of what else it says', (text, period, rest) => {
  const read = readTerm(text)
  expect(read.period).toEqual(period)
  expect(read.rest.trim()).toBe(rest)
})

test.each([
  'SS 12000',
  'ISO 27001',
  'Lgr22',
  'SALA-2026-E001',
  'lärare åk 7-9',
  'vtx 27',
  'vårdare',
  'KL 9:37',
  'KS 2026/12',
  'marsvin',
])('%s names no days', (text) => {
  expect(readTerm(text)).toEqual({ period: null, rest: text })
})
