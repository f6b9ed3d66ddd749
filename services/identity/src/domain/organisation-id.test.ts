import { expect, test } from 'vitest'
import { z } from 'zod'
import { organisationIdFor } from './organisation-id.ts'

test('an organisation has the same id on every installation', () => {
  expect(organisationIdFor('municipality:1962')).toBe('fefbaaa8-0e3e-5142-a3e6-afa37d6ad024')
})

test('ids are version 5 UUIDs and differ', () => {
  const ids = ['municipality:1962', 'municipality:1980', 'region:19', 'national_association:skr'].map(organisationIdFor)
  expect(new Set(ids).size).toBe(4)
  for (const id of ids) expect(z.uuid({ version: 'v5' }).safeParse(id).success).toBe(true)
})
