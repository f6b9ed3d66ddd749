import type { ReviseArrangement, Share } from '@samkraft/contracts/arrangements'
import type { OfferFacts } from '@samkraft/contracts/marketplace'
import { daterange } from '@samkraft/db'
import type { Role } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { Arrangement, Moment } from '../domain/arrangement.ts'
import type { Author } from './arrangements.ts'
import type { Schema } from './schema.ts'

/** What the offer costs, as it stands, the version of it that says what it comes with, and since which that is the same. */
type Offer = Pick<OfferFacts, 'costModel' | 'orePerHour' | 'version' | 'conditionsVersion'>

type Put = Readonly<{
  by: Author & { role: Role }
  terms: Pick<ReviseArrangement, 'place' | 'rationale' | 'message'>
  offer: Offer
  moment: Moment
}>

/** Whether these terms are the ones on the table already. */
export async function isSameAsLatest(
  tx: Transaction<Schema>,
  { id, revision, shares }: Arrangement,
  proposed: readonly Share[],
  { place, rationale }: Pick<ReviseArrangement, 'place' | 'rationale'>,
  { costModel, orePerHour, version, conditionsVersion = version }: Offer,
): Promise<boolean> {
  const latest = await tx
    .selectFrom('revision')
    .select(['place', 'rationale', 'cost_model', 'ore_per_hour', 'offer_version'])
    .where('arrangement_id', '=', id)
    .where('number', '=', revision)
    .executeTakeFirst()
  const asText = (all: readonly Share[]) =>
    all.map(({ requestId, period, hoursPerWeek }) => [requestId, period.from, period.to, hoursPerWeek].join(' ')).join()
  if (!latest) return false
  const costsTheSame =
    latest.cost_model === null || (latest.cost_model === costModel && latest.ore_per_hour === orePerHour)
  // What an offer comes with is words, which only its own service knows: it tells since when they are the same.
  const comesWithTheSame = latest.offer_version === null || latest.offer_version >= conditionsVersion
  return (
    costsTheSame &&
    comesWithTheSame &&
    latest.place === place &&
    latest.rationale === rationale &&
    asText(shares) === asText(proposed)
  )
}

/** Keeps the terms of a revision for good, so that revisions can be compared. */
export async function insertRevision(
  tx: Transaction<Schema>,
  { id, revision, shares }: Arrangement,
  { by, terms, offer, moment }: Put,
): Promise<void> {
  if (!by.organisationId || !by.personId) throw new Error('terms are put by a person for an organisation')
  await tx
    .insertInto('revision')
    .values({
      arrangement_id: id,
      number: revision,
      organisation_id: by.organisationId,
      person_id: by.personId,
      role: by.role,
      place: terms.place,
      rationale: terms.rationale,
      message: terms.message,
      at: new Date(moment.now),
      cost_model: offer.costModel,
      ore_per_hour: offer.orePerHour,
      offer_version: offer.version,
    })
    .execute()
  await tx
    .insertInto('share')
    .values(
      shares.map(({ organisationId, requestId, period, hoursPerWeek }, position) => ({
        arrangement_id: id,
        revision,
        position,
        organisation_id: organisationId,
        request_id: requestId,
        period: daterange(period),
        hours_per_week: hoursPerWeek,
      })),
    )
    .execute()
}
