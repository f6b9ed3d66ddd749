import { arrangementsPermissions } from '@samkraft/contracts/arrangements'
import { assertPolicies } from '@samkraft/http'
import { expect } from 'vitest'
import { router } from '../src/api/router.ts'
import { test } from './builders.ts'

test('every procedure has a policy and every policy a procedure', () => {
  expect(() => assertPolicies(router, arrangementsPermissions)).not.toThrow()
})

test('nobody calls anything without being signed in', async ({ as }) => {
  const nobody = as(null)
  for (const call of [
    () => nobody.arrangement.list({}),
    () => nobody.task.list({}),
    () => nobody.flow.list({}),
    () => nobody.audit.verify(),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
})
