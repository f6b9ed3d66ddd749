import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import type { HolderView } from '@samkraft/contracts/arrangements'
import { detailSaid, waitsForReader } from './said.ts'

test('a step says in which of the roles somebody acted, which is no title', () => {
  const said = detailSaid({ at: '2026-11-28T19:22:00.000Z', role: 'manager', reason: null })
  expect(said).toMatch(new RegExp(`, ${m.acting_role({ role: m.acting_role_manager() })}$`))
})

test('the coordinator is waited for where the region is to approve, and not where it lends or where others are to answer as well', () => {
  const held = (roles: HolderView['roles'], ...ids: string[]): HolderView => ({
    organisations: ids.map((id) => ({ id, name: id, shortName: id })),
    ...{ roles, since: '2026-11-02T08:00:00.000Z', until: '2026-11-16', overdue: false },
  })
  const coordinator = { organisationId: 'region', roles: ['coordinator' as const] }
  expect(waitsForReader(held(['coordinator'], 'region'), coordinator)).toBe(true)
  expect(waitsForReader(held(['decider', 'chair'], 'region'), coordinator)).toBe(false)
  const officer = { ...coordinator, roles: ['officer' as const] }
  expect(waitsForReader(held(['officer', 'decider'], 'region', 'norberg'), officer)).toBe(false)
  expect(waitsForReader(held([]), coordinator)).toBe(false)
})
