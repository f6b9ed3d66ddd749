import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { detailSaid } from './said.ts'

test('a step says in which of the roles somebody acted, which is no title', () => {
  const said = detailSaid({ at: '2026-11-28T19:22:00.000Z', role: 'manager', reason: null })
  expect(said).toMatch(new RegExp(`, ${m.acting_role({ role: m.acting_role_manager() })}$`))
})
