import type { ArrangementView, GetArrangement } from '@samkraft/contracts/arrangements'
import { asActor } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { readMoment, readStored } from '../db/arrangements.ts'
import { findOffer } from '../db/copies.ts'
import { findFollowUp } from '../db/follow-ups.ts'
import { readDecisions, readParties, readRevisions } from '../db/history.ts'
import { namesOf } from '../db/organisations.ts'
import { readSteps } from '../db/steps.ts'
import { concernedBy, sidesOf } from '../domain/arrangement.ts'
import { movesFor } from '../domain/obstacle.ts'
import { toDecisionView, toPartyView, toRevisionView, toStepView, toSummary } from './arrangement-view.ts'

/**
 * One arrangement with its history, and what the actor can do with it now.
 * Throws `not_found arrangement.not_found`, also when it exists but concerns others.
 */
export function getArrangement({ db, actor }: MemberContext, input: GetArrangement): Promise<ArrangementView> {
  const id = input.arrangementId
  return asActor(db, actor, async (tx) => {
    const { arrangement, row } = await readStored(tx, id)
    const { today } = await readMoment(tx)
    const revisions = await readRevisions(tx, id)
    const [latest] = revisions
    const offer = await findOffer(tx, arrangement.offerId)
    if (!latest || !offer) throw new DomainError('not_found', 'arrangement.not_found')
    const sides = sidesOf(arrangement, actor.organisationId)
    const nameOf = await namesOf(tx, concernedBy(arrangement))
    const parties = await readParties(tx, id)
    const decisions = await readDecisions(tx, id)
    const steps = await readSteps(tx, id)
    const followUp = sides.includes('coordinator') ? await findFollowUp(tx, id) : null
    const { kind, mainCompetence, place, slice } = offer.facts
    return {
      ...toSummary(row, nameOf, today),
      region: nameOf(arrangement.regionId),
      proposer: nameOf(arrangement.proposerId),
      offer: { offerId: offer.id, kind, mainCompetence, place, slice, open: offer.open },
      terms: toRevisionView(latest, nameOf).terms,
      parties: [arrangement.lenderId, ...arrangement.borrowerIds].flatMap((organisationId) =>
        parties
          .filter((party) => party.organisation_id === organisationId)
          .map((party) => toPartyView(party, arrangement, nameOf)),
      ),
      revisions: revisions.map((revision) => toRevisionView(revision, nameOf)),
      decisions: decisions.map((decision) => toDecisionView(decision, arrangement.round, nameOf)),
      timeline: steps.map((step) => toStepView(step, nameOf)),
      endsOn: arrangement.endsOn,
      moves: movesFor(arrangement, actor, today),
      maySetDiaryNumber: actor.roles.includes('registrar') && sides.some((side) => side !== 'coordinator'),
      followUp: sides.includes('coordinator') ? (followUp ?? { date: null, note: '' }) : null,
    }
  })
}
