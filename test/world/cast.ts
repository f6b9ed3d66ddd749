import type { Actor } from '@samkraft/kernel'
import { demoAccounts } from '../../services/identity/src/domain/demo-accounts.ts'

const accounts = [...demoAccounts().values()].flat()

/** The demo account with this address, acting in its own roles. */
export function actorOf(email: string): Actor {
  const account = accounts.find((candidate) => candidate.email === email)
  if (!account) throw new Error(`no demo account ${email}`)
  const { personId, organisationId, roles } = account
  return { personId, organisationId, roles }
}
