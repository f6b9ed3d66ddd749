import { type PlanExplanation, servingGroups } from '@samkraft/contracts/matching'
import { error } from '@sveltejs/kit'
import { format, m } from '#lib/i18n.ts'
import { policyWords, unmetReasonWords } from '#lib/plans/words.ts'
import { competenceNames } from '../competence-names.ts'
import { reasonsOf } from '../matching/factors.ts'
import { organisationNames } from '../organisation-names.ts'
import { sentence } from '../problem.ts'
import { refusal } from '../refusal.ts'
import type { Services } from '../services.ts'
import type { Asked } from './plan-page.ts'

/** `asked` is what the address asks of the plan. */
export type InPlan = Readonly<{ planId: string; asked: Asked; requestId: string }>

/** Offers that one looks through at once. */
const shown = 50

/** Why a request got what it got: the offers that could serve it from a page on, what each gives, and to whom instead. */
export async function whyPage(services: Services, where: InPlan, cursor: string | null) {
  const { told, nameOf, competence } = await read(services, where, { cursor: cursor ?? undefined, limit: shown })
  const lacksOffer = told.unmet[0]?.reason === 'no_offer'
  const title = {
    organisation: nameOf(told.borrowerId).shortName,
    given: format.number(told.hoursGiven),
    asked: format.number(told.hoursAsked),
  }
  return {
    ...where,
    cursor,
    next: told.next,
    title: m.plan_why_title(title),
    lead: m.plan_why_lead({ competence: competence(told.competence), policy: policyWords[where.asked.princip]() }),
    unmet: told.unmet.map(({ hours, reason }) => {
      const why = unmetReasonWords[reason]()
      return told.unmet.length === 1 ? why : m.plan_why_part({ hours: format.number(hours), why })
    }),
    nearest: lacksOffer ? await nearestSaid(services, where.requestId, competence) : null,
    candidates: told.candidates.map((one) => ({
      offerId: one.offerId,
      lender: nameOf(one.lenderId).shortName,
      score: format.number(one.score),
      km: one.km === null ? '–' : format.distance(one.km),
      couldGive: format.hours(one.couldGive),
      gives: one.gives > 0 ? format.hours(one.gives) : '–',
      left: format.hours(one.left),
      excluded: one.excluded,
      others: one.others.map(({ borrowerId, hoursPerWeek, score }) =>
        m.plan_why_other({
          organisation: nameOf(borrowerId).shortName,
          hours: format.hours(hoursPerWeek),
          score: format.number(score),
        }),
      ),
    })),
  }
}

/** What nearly fits a request that nothing serves, and what it lacks; null when there is no such offer. */
async function nearestSaid(
  services: Services,
  requestId: string,
  competence: (slug: string) => string,
): Promise<string | null> {
  const groups = await nowOpenTo(services, requestId)
  const nearest = groups?.near[0]
  if (!nearest || servingGroups.some((group) => groups[group].length > 0)) return null
  const lenderOf = await organisationNames(services, [nearest.offer.organisationId])
  // What makes a match a near one is its competence or its hours; the rest only costs points.
  const decisive = nearest.factors.filter(({ factor }) => factor === 'competence' || factor === 'extent')
  const place = (id: string) => lenderOf(id).shortName
  const lacks = reasonsOf(decisive, { competence, place }).filter(({ outcome }) => outcome !== 'hit')
  return m.plan_why_nearest({
    lender: lenderOf(nearest.offer.organisationId).shortName,
    score: format.number(nearest.score),
    lacks: lacks.map(({ text }) => `${text}.`).join(' '),
  })
}

/** The matches of a request as they are by now; null when it has been taken away since the plan was made. */
async function nowOpenTo({ matching }: Services, requestId: string) {
  try {
    return (await matching.match.forRequest.query({ requestId })).groups
  } catch (cause) {
    if (refusal(cause)?.kind !== 'not_found') throw cause
    return null
  }
}

/** One pair, to be decided by hand. */
export async function pairPage(services: Services, where: InPlan & Readonly<{ offerId: string }>) {
  const [{ told, nameOf, competence }, plan] = await Promise.all([
    read(services, where, { offerId: where.offerId }),
    services.matching.plan.get.query({ planId: where.planId }),
  ])
  const [candidate] = told.candidates
  if (!candidate) error(404, sentence('plan.pair_not_found'))
  return {
    ...where,
    title: m.plan_pair_title({
      lender: nameOf(candidate.lenderId).shortName,
      borrower: nameOf(told.borrowerId).shortName,
    }),
    lead: m.plan_pair_lead({ competence: competence(told.competence) }),
    now: candidate.gives > 0 ? m.plan_pair_now({ hours: format.hours(candidate.gives) }) : m.plan_pair_nothing(),
    hours: candidate.gives > 0 ? Math.min(candidate.gives, candidate.couldLock) : candidate.couldLock,
    most: format.hours(candidate.couldLock),
    /** Why no hours can be locked; null when some can. */
    tooFew:
      candidate.couldLock < candidate.slice
        ? m.plan_pair_lock_too_few({
            most: format.hours(candidate.couldLock),
            slice: format.hours(candidate.slice),
          })
        : null,
    excluded: candidate.excluded,
    decided: plan.decided.some(({ requestId, offerId }) => requestId === where.requestId && offerId === where.offerId),
  }
}

async function read(
  services: Services,
  { planId, asked, requestId }: InPlan,
  which: Readonly<{ cursor?: string | undefined; limit?: number; offerId?: string }>,
) {
  const told: PlanExplanation = await services.matching.plan.explain.query({
    planId,
    policy: asked.princip,
    requestId,
    ...which,
  })
  const ids = told.candidates.flatMap(({ lenderId, others }) => [
    lenderId,
    ...others.map(({ borrowerId }) => borrowerId),
  ])
  const [nameOf, competence] = await Promise.all([
    organisationNames(services, [told.borrowerId, ...ids]),
    competenceNames(services),
  ])
  return { told, nameOf, competence }
}
