import { asOrganisation, recordAudit } from '@samkraft/db'
import type { Services } from '../context.ts'
import { continueAs } from '../db/access.ts'
import { addAccount } from '../db/accounts.ts'
import { addMembership, hasMembers, titlesOf } from '../db/people.ts'
import { type DemoAccount, demoAccounts, demoPassword } from '../domain/demo-accounts.ts'

/**
 * Makes the accounts of the demonstration that do not exist yet; those that do keep whatever has been done to them.
 * All of them share one hash: hashing takes long by design, sixty times over would make the first start slow, and a
 * salt of one's own protects nothing when the password is published.
 *
 * Throws where people are members and none of these accounts is: that database is for real, and whoever starts with it has
 * forgotten to say so.
 */
export async function loadDemoAccounts(
  { db, passwords }: Pick<Services, 'db' | 'passwords'>,
  requestId: string,
): Promise<number> {
  const found = []
  for (const [organisationId, accounts] of demoAccounts()) {
    found.push({ organisationId, ...(await lookFor(db, organisationId, accounts)) })
  }
  if (found.some(({ hasMembers }) => hasMembers) && !found.some(({ isBegun }) => isBegun)) {
    throw new Error('this database holds people and no account of the demonstration: start with SAMKRAFT_DEMO=0')
  }
  let passwordHash: string | undefined
  let made = 0
  for (const { organisationId, missing } of found) {
    if (missing.length === 0) continue
    passwordHash ??= await passwords.hash(demoPassword)
    made += await addAll(db, organisationId, missing, { passwordHash, requestId })
  }
  return made
}

function lookFor(db: Services['db'], organisationId: string, accounts: readonly DemoAccount[]) {
  return asOrganisation(db, organisationId, async (tx) => {
    const ids = accounts.map(({ personId }) => personId)
    const known = await titlesOf(tx, organisationId, ids)
    const missing = accounts.filter(({ personId }) => !known.has(personId))
    return { missing, isBegun: known.size > 0, hasMembers: await hasMembers(tx, organisationId) }
  })
}

function addAll(
  db: Services['db'],
  organisationId: string,
  accounts: readonly DemoAccount[],
  { passwordHash, requestId }: { passwordHash: string; requestId: string },
): Promise<number> {
  return asOrganisation(db, organisationId, async (tx) => {
    let made = 0
    for (const account of accounts) {
      await continueAs(tx, account)
      // Somebody else may have been invited at this address; it is theirs then.
      const added = await addAccount(tx, { ...account, passwordHash })
      if (!added) continue
      await addMembership(tx, account)
      made += 1
    }
    await recordAudit(tx, {
      organisationId,
      personId: null,
      requestId,
      command: 'demo.load',
      subjectType: 'organisation',
      subjectId: organisationId,
      before: null,
      after: { accounts: made },
    })
    return made
  })
}
