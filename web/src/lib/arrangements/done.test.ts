import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { doneWords } from './done.ts'

test('what was just done is no longer told once others have made it untrue', () => {
  const approved = m.done_arrangement_approve()
  expect(doneWords('approve', { status: 'reserving', accepted: true })).toBe(approved)
  expect(doneWords('approve', { status: 'approved', accepted: true })).toBe(approved)
  // The ledger said no.
  expect(doneWords('approve', { status: 'proposed', accepted: false })).toBeNull()
  const accepted = m.done_arrangement_accept()
  expect(doneWords('accept', { status: 'proposed', accepted: true })).toBe(accepted)
  expect(doneWords('accept', { status: 'lender_decision', accepted: true })).toBe(accepted)
  // A counter-proposal came.
  expect(doneWords('accept', { status: 'proposed', accepted: false })).toBeNull()
  expect(doneWords('constructor', { status: 'proposed', accepted: false })).toBeNull()
})
