import { expect, test } from 'vitest'
import { readExtent } from './extent.ts'

test.each([
  ['skolpsyk 20 %', { percent: 20 }, 'skolpsyk'],
  ['skolpsyk 20%', { percent: 20 }, 'skolpsyk'],
  ['80-procentig kurator', { percent: 80 }, 'kurator'],
  ['leg. logoped 50 procent', { percent: 50 }, 'leg. logoped'],
  ['arbetsterapeut 8 h/v', { hoursPerWeek: 8 }, 'arbetsterapeut'],
  ['kurator 6,5 timmar i veckan', { hoursPerWeek: 6.5 }, 'kurator'],
  ['psykolog två dagar i veckan', { percent: 40 }, 'psykolog'],
  ['syv en dag per vecka', { percent: 20 }, 'syv'],
  ['syv-are halvtid', { percent: 50 }, 'syv-are'],
  ['school nurse 10 hours a week', { hoursPerWeek: 10 }, 'school nurse'],
  ['school nurse 10 hours per week', { hoursPerWeek: 10 }, 'school nurse'],
  ['school nurse 10 h/week', { hoursPerWeek: 10 }, 'school nurse'],
  ['school nurse two days a week', { percent: 40 }, 'school nurse'],
  ['kurator 7,25 h/v', { hoursPerWeek: 7.25 }, 'kurator'],
  ['kurator 0.25 timmar per vecka', { hoursPerWeek: 0.25 }, 'kurator'],
  ['kurator 12,75 %', { percent: 12.75 }, 'kurator'],
  ['kurator åtta timmar varje vecka', { hoursPerWeek: 8 }, 'kurator'],
  ['kurator en och en halv dag i veckan', { percent: 30 }, 'kurator'],
  ['kurator 8-10 h/v', { hoursPerWeek: 10 }, 'kurator'],
  ['kurator 20–40 %', { percent: 40 }, 'kurator'],
  ['kurator 6 till 8 timmar i veckan', { hoursPerWeek: 8 }, 'kurator'],
  ['kurator åk 7-9 20 %', { percent: 20 }, 'kurator åk 7-9'],
  ['kurator halvtidstjänst', { percent: 50 }, 'kurator'],
  ['kurator 20 %, 8 h/v', { percent: 20 }, 'kurator  ,'],
  ['kurator 8 h/veckan', { hoursPerWeek: 8 }, 'kurator'],
  ['kurator 8 tim. per v', { hoursPerWeek: 8 }, 'kurator'],
  ['kurator 2 dgr/v', { percent: 40 }, 'kurator'],
  ['school nurse 5 hrs per week', { hoursPerWeek: 5 }, 'school nurse'],
  ['kurator 50 procentstjänst', { percent: 50 }, 'kurator'],
  ['kurator 40%-tjänst', { percent: 40 }, 'kurator'],
  ['kurator 100%ig', { percent: 100 }, 'kurator'],
  ['kurator 50%-ig tjänst', { percent: 50 }, 'kurator'],
  ['kurator 0,5 tjänst', { percent: 50 }, 'kurator'],
  ['kurator halv tjänst', { percent: 50 }, 'kurator'],
  ['kurator 0,4 åa', { percent: 40 }, 'kurator'],
] as const)('%s asks for %o of what else it says', (text, extent, rest) => {
  const read = readExtent(text)
  expect(read.extent).toEqual(extent)
  expect(read.rest.trim()).toBe(rest)
})

test.each([
  'lärare åk 7-9',
  'SS 12000',
  '300 %',
  '0 %',
  '90 timmar i veckan',
  'ISO 27001',
  'endast',
  '40 timmar totalt',
  '1,125 h/v',
  '1 020 timmar i veckan',
  '2 tjänster',
  '8 tim i v 12',
])('%s asks for no extent', (text) => {
  expect(readExtent(text)).toEqual({ extent: null, rest: text })
})
