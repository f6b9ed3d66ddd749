import type { WorklistItem } from '@samkraft/contracts/arrangements'
import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { worklistAsCsv } from './worklist-file.ts'

const organisation = (id: string) => ({ id, name: id, shortName: id })

const active: WorklistItem = {
  id: 'an arrangement',
  reference: 'SK-2026-0001',
  status: 'active',
  version: 7,
  revision: 1,
  offerId: 'an offer',
  competence: 'skolpsykolog',
  lender: organisation('Västerås'),
  borrowers: [organisation('Norberg')],
  proposer: organisation('Norberg'),
  period: { from: '2027-01-11', to: '2027-06-12' },
  hoursPerWeek: 8,
  holder: null,
  proposedAt: '2026-11-05T09:00:00.000Z',
  updatedAt: '2027-02-01T09:00:00.000Z',
  endsOn: null,
  reason: null,
  ageInDays: 90,
  followUpDate: null,
  followUpNote: '',
  followUpVersion: 0,
  followUpDue: false,
  overdue: false,
}

const lastCells = (item: WorklistItem) =>
  worklistAsCsv([item], (slug) => slug)
    .trimEnd()
    .split(';')
    .slice(-2)

test('what ends early is listed with the day it ends, and that it is why', () => {
  expect(lastCells(active)).toEqual(['"2027-06-11"', '""'])
  const reason = { code: 'need_gone', text: '', shortfall: null }
  expect(lastCells({ ...active, endsOn: '2027-02-26', reason })).toEqual([
    '"2027-02-26"',
    `"${m.arrangement_ends_early({ date: '2027-02-26', reason: m.reason_need_gone() })}"`,
  ])
})

test('what never begins keeps the days agreed', () => {
  const reason = { code: 'need_gone', text: '', shortfall: null }
  const cells = lastCells({ ...active, status: 'ended', endsOn: '2027-01-10', reason })
  expect(cells).toEqual(['"2027-06-11"', `"${m.arrangement_never_begins({ reason: m.reason_need_gone() })}"`])
})
