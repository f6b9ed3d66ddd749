import type { TaskView } from '@samkraft/contracts/arrangements'
import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { arrangementTask } from './task-items.ts'

const organisation = (id: string) => ({ id, name: id, shortName: id })

const proposed: TaskView['arrangement'] = {
  id: 'an arrangement',
  reference: 'SK-2026-0001',
  status: 'proposed',
  version: 1,
  revision: 1,
  offerId: 'an offer',
  competence: 'skolpsykolog',
  lender: organisation('Västerås'),
  borrowers: [organisation('Norberg')],
  proposer: organisation('Region Västmanland'),
  period: { from: '2027-01-11', to: '2027-06-12' },
  hoursPerWeek: 8,
  holder: null,
  proposedAt: '2026-11-05T09:00:00.000Z',
  updatedAt: '2026-11-05T09:00:00.000Z',
  endsOn: null,
  reason: null,
}

const task = (arrangement: TaskView['arrangement']) =>
  arrangementTask(
    { arrangement, asks: ['revise', 'accept', 'decline'], since: '', until: null, overdue: false },
    (slug) => slug,
  )

test('a registrar reads of what ends early when it ends, and not only why', () => {
  const reason = { code: 'need_gone', text: '', shortfall: null }
  const ending = m.arrangement_ends_early({ date: '2027-02-26', reason: m.reason_need_gone() })
  expect(task({ ...proposed, status: 'active', endsOn: '2027-02-26', reason }).text).toContain(ending)
})

test('hours that several share are said to be, to each of them', () => {
  const sharedBy = (...names: string[]) => task({ ...proposed, borrowers: names.map(organisation) }).text
  const said = m.worklist_borrowers({ count: 2 })
  expect(sharedBy('Norberg', 'Kungsör')).toContain(said)
  expect(sharedBy('Norberg')).not.toContain(m.worklist_borrowers({ count: 1 }))
})

test('a counter-proposal is told from the proposal it answers, and is not said to be the one that the region proposes', () => {
  const byRegion = m.task_proposed_by({ organisation: 'Region Västmanland' })
  const first = task(proposed)
  expect(first.action).toBe(m.tasks_answer())
  expect(first.text).toContain(byRegion)
  const counter = task({ ...proposed, version: 2, revision: 2 })
  expect(counter.action).toBe(m.tasks_answer_counter())
  expect(counter.text).not.toContain(byRegion)
  const reason = { code: 'missing_basis', text: '', shortfall: null }
  expect(task({ ...proposed, version: 5, revision: 2, reason }).action).toBe(m.tasks_answer())
})
