import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { loadDemoAccounts } from '../src/app/load-demo-accounts.ts'
import { loadReferenceData } from '../src/app/load-reference-data.ts'
import { organisationIdFor } from '../src/domain/organisation-id.ts'
import { aMember, test } from './builders.ts'

test('where people work already the accounts of the demonstration are not made, whoever forgets to say that it is for real', async ({
  db,
  services,
  admin,
}) => {
  await loadReferenceData(db, randomUUID())
  await aMember(db, { organisationId: organisationIdFor('municipality:1962') })
  await expect(loadDemoAccounts(services, randomUUID())).rejects.toThrow('SAMKRAFT_DEMO=0')
  expect(await admin.selectFrom('person').select('email').execute()).toHaveLength(1)
})
