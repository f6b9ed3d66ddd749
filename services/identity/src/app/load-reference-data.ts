import { OrganisationFacts, organisationChanged, type OrganisationView } from '@samkraft/contracts/identity'
import { appendEvent, transact } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'
import { readAllOrganisations, saveOrganisation } from '../db/organisations.ts'
import { readRegister } from '../db/register.ts'
import type { Schema } from '../db/schema.ts'
import { sameFacts } from '../domain/organisation.ts'

/** Two instances that start at once take turns; any number will do, as long as nothing else here uses it. */
const registerLock = 4_001

/**
 * Registers the organisations of the register and takes over what has changed in it, each with its event. Run at every
 * start: when nothing is new it writes nothing. Returns how many were new or changed.
 */
export function loadReferenceData(db: Kysely<Schema>, requestId: string): Promise<number> {
  return transact(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${registerLock})`.execute(tx)
    const known = new Map((await readAllOrganisations(tx)).map((view) => [view.organisationId, view]))
    const changed = (await readRegister()).filter((view) => !isSame(known.get(view.organisationId), view))
    for (const view of changed) {
      await saveOrganisation(tx, view)
      await appendEvent(tx, organisationChanged, {
        aggregateId: view.organisationId,
        organisationId: view.organisationId,
        requestId,
        // Only what listeners may know: parsing leaves the rest out.
        data: OrganisationFacts.parse(view),
      })
    }
    return changed.length
  })
}

function isSame(known: OrganisationView | undefined, view: OrganisationView): boolean {
  return known !== undefined && sameFacts(known, view)
}
