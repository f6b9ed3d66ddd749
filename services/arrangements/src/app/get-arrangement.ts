import { type ArrangementView, coordinators, type GetArrangement } from '@samkraft/contracts/arrangements'
import { asActor, askTogether } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { found, momentQuery, storedQuery, toArrangement, toMoment } from '../db/arrangements.ts'
import { offerOfQuery, toKnownOffer } from '../db/copies.ts'
import { followUpQuery, noFollowUp } from '../db/follow-ups.ts'
import { decisionsQuery, partiesQuery, revisionsQuery } from '../db/history.ts'
import { namesConcernedQuery, toNameOf } from '../db/organisations.ts'
import { stepsQuery } from '../db/steps.ts'
import { sidesOf } from '../domain/arrangement.ts'
import { awaitedMove } from '../domain/move-table.ts'
import { movesFor } from '../domain/obstacle.ts'
import { firstShortfall } from '../domain/proposal.ts'
import { toDecisionView, toPartyView, toRevisionView, toStepView, toSummary } from './arrangement-view.ts'

/**
 * One arrangement with its history, and what the actor can do with it now.
 * Throws `not_found arrangement.not_found`, also when it exists but concerns others.
 */
export function getArrangement({ db, actor }: MemberContext, input: GetArrangement): Promise<ArrangementView> {
  const id = input.arrangementId
  return asActor(db, actor, async (tx) => {
    const [stored, moments, names, offers, parties, revisions, decisions, steps, followUps] = await askTogether(tx, [
      storedQuery(tx, id),
      momentQuery,
      namesConcernedQuery(tx, id),
      offerOfQuery(tx, id),
      partiesQuery(tx, id),
      revisionsQuery(tx, id),
      decisionsQuery(tx, id),
      stepsQuery(tx, id),
      followUpQuery(tx, id),
    ])
    const row = found(stored)
    const latest = found(revisions)
    const offer = toKnownOffer(found(offers))
    const arrangement = toArrangement(row)
    const { today } = toMoment(moments)
    const { round } = arrangement
    const nameOf = toNameOf(names)
    const sides = sidesOf(arrangement, actor.organisationId)
    const coordinates = sides.includes('coordinator') && coordinators.some((role) => actor.roles.includes(role))
    const { kind, mainCompetence, place, slice, version, costModel, orePerHour } = offer.facts
    return {
      ...toSummary(row, nameOf, today),
      region: nameOf(arrangement.regionId),
      offer: {
        ...{ offerId: offer.id, kind, mainCompetence, place, slice, open: offer.open },
        ...{ version, cost: { costModel, orePerHour } },
      },
      terms: toRevisionView(latest, nameOf).terms,
      shortfall: awaitedMove(arrangement.status) && firstShortfall(arrangement.shares, offer),
      parties: [arrangement.lenderId, ...arrangement.borrowerIds].flatMap((organisationId) =>
        parties
          .filter((party) => party.organisation_id === organisationId)
          .map((party) => toPartyView(party, arrangement, nameOf)),
      ),
      revisions: revisions.map((revision) => toRevisionView(revision, nameOf)),
      decisions: decisions.map((decision) =>
        toDecisionView(decision, { round, readerId: actor.organisationId, nameOf }),
      ),
      timeline: steps.map((step) => toStepView(step, nameOf)),
      moves: movesFor(arrangement, actor, today),
      maySetDiaryNumber: actor.roles.includes('registrar') && sides.some((side) => side !== 'coordinator'),
      followUp: coordinates ? (followUps[0] ?? noFollowUp) : null,
    }
  })
}
