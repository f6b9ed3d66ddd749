import { ListPlanAssignments, planOrders, type PlanPolicy } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'
import { nextStepWords, unmetReasonWords } from '#lib/plans/words.ts'
import { competenceNames } from '../competence-names.ts'
import { organisationNames } from '../organisation-names.ts'
import { poolsOfCounty } from '../pooling/for-county.ts'
import type { Services } from '../services.ts'

/** How a plan can be looked at, as the address names it. */
export const planViews = ['lista', 'matris', 'karta', 'kommuner', 'saknas'] as const
export type PlanViewName = (typeof planViews)[number]

/** From whom to whom, where only that is shown. */
type Between = { fran: string | null; till: string | null }

type Shown = Readonly<{ vy: PlanViewName; princip: PlanPolicy; ordning: string | null; efter: string | null } & Between>

/** What one view shows of a plan; the coverage by municipality is in the plan itself. */
export async function viewOf(services: Services, planId: string, asked: Shown) {
  switch (asked.vy) {
    case 'lista':
      return { kind: 'lista' as const, ...(await rowsOf(services, planId, asked)) }
    case 'matris':
    case 'karta':
      return { kind: asked.vy, flows: await flowsOf(services, planId, asked.princip) }
    case 'saknas':
      return { kind: 'saknas' as const, ...(await unmetOf(services, planId, asked)) }
    case 'kommuner':
      return { kind: 'kommuner' as const }
  }
}

/** Which rows of a plan an address asks for, as the service is asked them. */
export function assignmentsQuery(planId: string, { princip, ordning, fran, till }: Omit<Shown, 'vy' | 'efter'>) {
  const { shape } = ListPlanAssignments
  return {
    planId,
    policy: princip,
    lenderId: shape.lenderId.safeParse(fran ?? undefined).data,
    borrowerId: shape.borrowerId.safeParse(till ?? undefined).data,
    sort: planOrders.find((one) => one === ordning),
  }
}

async function rowsOf(services: Services, planId: string, shown: Shown) {
  const query = assignmentsQuery(planId, shown)
  const { lenderId, borrowerId } = query
  const { items, next } = await services.matching.plan.assignments.query({
    ...query,
    cursor: shown.efter ?? undefined,
    limit: 50,
  })
  const [nameOf, competence] = await Promise.all([
    organisationNames(services, [
      ...items.flatMap((row) => [row.lenderId, row.borrowerId]),
      ...[lenderId, borrowerId].filter((id) => id !== undefined),
    ]),
    competenceNames(services),
  ])
  return {
    next,
    /** What the rows are narrowed to; null when all are shown. */
    only:
      lenderId && borrowerId
        ? m.plan_rows_only({ lender: nameOf(lenderId).shortName, borrower: nameOf(borrowerId).shortName })
        : null,
    rows: items.map((row) => ({
      /** What a chosen row is sent as. */
      value: `${row.requestId} ${row.offerId} ${row.period.from}`,
      requestId: row.requestId,
      offerId: row.offerId,
      competence: competence(row.competence),
      lender: nameOf(row.lenderId).shortName,
      borrower: nameOf(row.borrowerId).shortName,
      hours: format.hours(row.hoursPerWeek),
      period: row.period,
      score: format.number(row.score),
      km: row.km === null ? '–' : format.distance(row.km),
      locked: row.locked,
      standing: row.standing,
      arrangementId: row.arrangementId,
    })),
  }
}

async function flowsOf(services: Services, planId: string, policy: PlanPolicy) {
  const { flows } = await services.matching.plan.flows.query({ planId, policy })
  const nameOf = await organisationNames(
    services,
    flows.flatMap(({ lenderId, borrowerId }) => [lenderId, borrowerId]),
  )
  const end = (id: string) => ({ id, name: nameOf(id).shortName, code: nameOf(id).municipalityCode })
  return flows.map(({ lenderId, borrowerId, hours, hoursPerWeek }) => ({
    from: end(lenderId),
    to: end(borrowerId),
    hours,
    hoursPerWeek: Math.round(hoursPerWeek * 4) / 4,
  }))
}

async function unmetOf(services: Services, planId: string, { princip, efter }: Shown) {
  const { items, next } = await services.matching.plan.unmet.query({
    planId,
    policy: princip,
    cursor: efter ?? undefined,
    limit: 50,
  })
  const [nameOf, competence, { pooledIn }] = await Promise.all([
    organisationNames(
      services,
      items.map(({ borrowerId }) => borrowerId),
    ),
    competenceNames(services),
    poolsOfCounty(services),
  ])
  return {
    next,
    rows: items.map(({ requestId, borrowerId, competence: slug, hours, hoursAsked, reason, next: step }) => ({
      key: `${requestId} ${reason}`,
      requestId,
      competence: competence(slug),
      borrower: nameOf(borrowerId).shortName,
      hours: m.plan_unmet_hours_value({ hours: format.number(hours), asked: format.number(hoursAsked) }),
      reason: unmetReasonWords[reason](),
      step,
      next: step === 'pool' && pooledIn[requestId] ? m.pooled_see() : step ? nextStepWords[step]() : '–',
      /** The pooled need it is part of already. */
      pooledIn: pooledIn[requestId],
    })),
  }
}
