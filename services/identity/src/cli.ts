import { randomUUID } from 'node:crypto'
import { InvitePerson } from '@samkraft/contracts/identity'
import { connect } from '@samkraft/db'
import { readPrivateKey } from '@samkraft/http'
import { DomainError } from '@samkraft/kernel'
import { z } from 'zod'
import { operatorInvite } from './app/operator-invite.ts'
import { operatorNewPassword } from './app/operator-new-password.ts'
import { readOperatorConfig } from './config.ts'
import { readAllOrganisations } from './db/organisations.ts'
import type { Schema } from './db/schema.ts'
import { organisationCalled } from './domain/organisation.ts'
import { deriveKey } from './domain/secret.ts'

const usage = `Links for those whom nobody inside can let in. An organisation is called by its name or municipality code:

  people invite <organisation> <e-mail> [title]      an administrator; titled Administratör unless told
  people new-password <organisation> <e-mail>        a member who has forgotten the password

First make sure who is asking. The link is good for seven days, and once. The organisation reads of it in its log.
`

const Arguments = z.tuple([
  z.enum(['invite', 'new-password']),
  z.string(),
  InvitePerson.shape.email,
  InvitePerson.shape.title.default('Administratör'),
])

const refusals: Readonly<Record<string, string>> = {
  'person.already_member': 'This address is a member already. A forgotten password: people new-password.',
  'person.not_found': 'No member of the organisation has this address. A new administrator: people invite.',
  'person.is_disabled': 'This member is disabled: an administrator of the organisation enables first.',
}

/** Says the link on standard output; returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const read = Arguments.safeParse([...args, ...Array<undefined>(Math.max(0, 4 - args.length))])
  if (!read.success) return refuse(usage, 2)
  const [command, called, email, title] = read.data
  const { databaseUrl, actorPrivateKey, origin } = readOperatorConfig()
  const db = connect<Schema>(databaseUrl, { name: 'identity people' })
  try {
    const organisation = organisationCalled(await readAllOrganisations(db), called)
    if (!organisation) return refuse(`No organisation is called ${called}.\n`)
    const { organisationId, name } = organisation
    const derivationKey = deriveKey(readPrivateKey(actorPrivateKey))
    const ctx = { db, derivationKey, requestId: randomUUID() }
    const { secret, expiresAt } =
      command === 'invite'
        ? await operatorInvite(ctx, { organisationId, email, title })
        : await operatorNewPassword(ctx, { organisationId, email })
    process.stdout.write(
      `For ${email} at ${name}, until ${expiresAt}:\n${new URL(`/inbjudan/${secret}`, origin).href}\n`,
    )
    return 0
  } finally {
    await db.destroy()
  }
}

function refuse(text: string, code = 1): number {
  process.stderr.write(text)
  return code
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const code = error instanceof DomainError ? error.code : ''
  process.exitCode = refuse(`${refusals[code] ?? (error instanceof Error ? error.message : String(error))}\n`)
}
