import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import { namesOf } from '../db/organisations.ts'
import type { Schema } from '../db/schema.ts'
import { stepsQuery } from '../db/steps.ts'
import type { Arrangement } from '../domain/arrangement.ts'
import { toStepView } from './arrangement-view.ts'

/** Refuses a command made on an older version, and says what has happened since: `conflict arrangement.stale`. */
export async function assertCurrent(
  tx: Transaction<Schema>,
  { id, version, status }: Arrangement,
  seen: number,
): Promise<void> {
  if (version === seen) return
  const steps = await stepsQuery(tx, id, { after: seen }).execute()
  const nameOf = await namesOf(
    tx,
    steps.flatMap((step) => step.organisation_id ?? []),
  )
  throw new DomainError('conflict', 'arrangement.stale', {
    version,
    status,
    changes: steps.map((step) => toStepView(step, nameOf)),
  })
}
