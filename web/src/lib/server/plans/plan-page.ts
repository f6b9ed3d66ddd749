import { GetPlan, type PlanListItem, planPolicies, type PlanView } from '@samkraft/contracts/matching'
import { byName } from '#lib/format/order.ts'
import { format, m } from '#lib/i18n.ts'
import { fairnessWords, percentOf, planTitle } from '#lib/plans/words.ts'
import { competenceNames } from '../competence-names.ts'
import { countyShapes } from '../county-map.ts'
import { type NamedOrganisation, organisationNames } from '../organisation-names.ts'
import { refusal } from '../refusal.ts'
import type { Services } from '../services.ts'
import { measureRows, tradeOffs } from './figures.ts'
import { planViews, viewOf } from './views.ts'

/** What an address asks of a plan: which policy, shown how, and held against which other plan. */
export function readAsked({ searchParams }: URL) {
  const policy = planPolicies.find((one) => one === searchParams.get('princip')) ?? 'balanced'
  const view = planViews.find((one) => one === searchParams.get('vy')) ?? 'lista'
  return {
    princip: policy,
    vy: view,
    jamfor: searchParams.get('jamfor'),
    ordning: searchParams.get('ordning'),
    fran: searchParams.get('fran'),
    till: searchParams.get('till'),
    efter: searchParams.get('efter'),
  }
}

type NameOf = (id: string) => NamedOrganisation

/** Each change by hand is a plan of its own, so one made yesterday may lie many plans back. */
const plansToCompareWith = 100

export type Asked = ReturnType<typeof readAsked>

/** A plan in words, under the policy and in the view its address asks for; while it is computed, how far it has come. */
export async function planPage(services: Services, planId: string, url: URL) {
  const asked = readAsked(url)
  const plan = await services.matching.plan.get.query({ planId })
  const head = headOf(plan)
  if (plan.alternatives.length === 0) return { ...head, asked, computed: null }
  const ids = [
    ...plan.alternatives.flatMap(({ coverage }) => coverage.map(({ organisationId }) => organisationId)),
    ...plan.decided.flatMap(({ lenderId, borrowerId }) => [lenderId, borrowerId]),
  ]
  const [nameOf, competence, view, comparison, others] = await Promise.all([
    organisationNames(services, ids),
    competenceNames(services),
    viewOf(services, planId, asked),
    comparisonOf(services, plan, asked),
    services.matching.plan.list.query({ limit: plansToCompareWith }),
  ])
  const { coverage } = plan.alternatives.find((one) => one.policy === asked.princip) ?? { coverage: [] }
  return {
    ...head,
    asked,
    computed: {
      policies: planPolicies,
      measures: measureRows(
        plan.alternatives.map(({ policy, figures }) => ({ key: policy, figures })),
        nameOf,
      ),
      points: tradeOffs(plan.alternatives),
      coverage: coverage
        .map(({ organisationId, hoursAsked, hoursGiven }) => ({
          id: organisationId,
          name: nameOf(organisationId).shortName,
          asked: format.number(hoursAsked),
          given: format.number(hoursGiven),
          share: hoursGiven / hoursAsked,
          percent: percentOf(hoursGiven / hoursAsked),
        }))
        .sort((a, b) => (asked.ordning === 'andel' ? a.share - b.share : 0) || byName(a, b)),
      covered: coveredIn(coverage),
      shapes: countyShapes,
      view,
      comparison,
      decided: decidedIn(plan, nameOf, competence),
      others: others.items
        .filter((one) => one.planId !== planId && one.alternatives.length > 0)
        .map((one) => ({ value: one.planId, label: toldApart(one) })),
    },
  }
}

/** A plan among others of the same minute: they differ by how much was changed by hand. */
function toldApart(plan: PlanListItem): string {
  const count = plan.locks + plan.exclusions
  return count === 0 ? planTitle(plan) : m.plan_changed({ plan: planTitle(plan), count: format.number(count) })
}

/** What all organisations need, get and go without together. */
function coveredIn(coverage: PlanView['alternatives'][number]['coverage']) {
  const asked = coverage.reduce((sum, { hoursAsked }) => sum + hoursAsked, 0)
  const given = coverage.reduce((sum, { hoursGiven }) => sum + hoursGiven, 0)
  return {
    asked: format.number(asked),
    given: format.number(given),
    lacking: format.number(asked - given),
    percent: percentOf(asked > 0 ? given / asked : 0),
  }
}

function headOf(plan: PlanView) {
  const { requests, offers, pairs, offersPerRequest, at, hoursAsked, hoursOffered } = plan.market
  const { mostProviders, mayDifferBetweenTerms } = plan.settings
  const weight = Object.entries(fairnessWords).find(([value]) => Number(value) === plan.settings.fairness)?.[1]
  return {
    planId: plan.planId,
    version: plan.version,
    title: planTitle(plan),
    name: plan.name,
    state: plan.state,
    progress: plan.progress,
    basedOn: plan.basedOn,
    madeOn: format.dateOf(plan.createdAt),
    settings: plan.settings,
    lead: m.plan_lead({
      requests: m.plan_lead_requests({ count: requests, said: format.number(requests) }),
      offers: m.serving_count({ count: offers, said: format.number(offers) }),
      when: format.instant(at),
      asked: format.number(hoursAsked),
      offered: format.number(hoursOffered),
    }),
    pairs:
      offersPerRequest === null
        ? format.number(pairs)
        : m.plan_market_pairs_some({ pairs: format.number(pairs), most: format.number(offersPerRequest) }),
    said: m.plan_settings_said({
      offers: m.serving_count({ count: mostProviders, said: format.number(mostProviders) }),
      shape: mayDifferBetweenTerms ? m.plan_settings_by_term() : m.plan_settings_constant(),
      fairness: weight ? m.plan_settings_fairness({ weight: weight().toLowerCase() }) : '',
    }),
  }
}

/** What differs from the plan the address names, or from the one before a change by hand; null when there is none to see. */
async function comparisonOf(services: Services, plan: PlanView, { jamfor, princip }: Asked) {
  const otherId = jamfor ?? (plan.decided.length > 0 ? plan.basedOn : null)
  if (otherId === null) return null
  const other = await computed(services, otherId)
  if (!other) return null
  const { before, differences, more } = await services.matching.plan.compare.query({
    planId: plan.planId,
    otherId,
    policy: princip,
  })
  const after = plan.alternatives.find(({ policy }) => policy === princip)?.figures
  const ids = differences.flatMap(({ lenderId, borrowerId }) => [lenderId, borrowerId])
  const worst = [before, after].flatMap((figures) => figures?.worstOff?.organisationId ?? [])
  const [nameOf, competence] = await Promise.all([
    organisationNames(services, [...ids, ...worst]),
    competenceNames(services),
  ])
  return {
    title: planTitle(other),
    otherId,
    /** The one of the same market that it was changed from: what differs is due to the change, and going back undoes it. */
    isBefore: otherId === plan.basedOn && other.market.at === plan.market.at,
    measures:
      before && after
        ? measureRows(
            [
              { key: 'before', figures: before },
              { key: 'after', figures: after },
            ],
            nameOf,
          )
        : [],
    more,
    differences: differences.map((one) => ({
      key: `${one.requestId} ${one.offerId}`,
      what: competence(one.competence),
      lender: nameOf(one.lenderId).shortName,
      borrower: nameOf(one.borrowerId).shortName,
      before: hoursSaid(one.before, one.weeksBefore, one.weeksAfter),
      after: hoursSaid(one.after, one.weeksAfter, one.weeksBefore),
    })),
  }
}

/** Hours per week; with their weeks where these are others in the other plan. */
function hoursSaid(hours: number, weeks: number, others: number): string {
  if (hours === 0 || others === 0 || weeks === others) return format.number(hours)
  return m.plan_difference_weeks({ hours: format.hours(hours), weeks: m.weeks_count({ count: weeks }) })
}

/** A plan to hold against this one; undefined when it is gone or not there yet. */
async function computed(services: Services, planId: string): Promise<PlanView | undefined> {
  const known = GetPlan.safeParse({ planId })
  if (!known.success) return undefined
  try {
    const plan = await services.matching.plan.get.query(known.data)
    return plan.alternatives.length > 0 ? plan : undefined
  } catch (cause) {
    if (refusal(cause)?.kind !== 'not_found') throw cause
    return undefined
  }
}

/** What was decided by hand, in words. */
function decidedIn({ decided }: PlanView, nameOf: NameOf, competence: (slug: string) => string) {
  return decided.map(({ requestId, offerId, lenderId, borrowerId, competence: slug, hoursPerWeek }) => ({
    requestId,
    offerId,
    said: hoursPerWeek === null ? m.plan_decided_exclude() : m.plan_decided_lock({ hours: format.hours(hoursPerWeek) }),
    pair: m.plan_decided_pair({
      competence: competence(slug),
      lender: nameOf(lenderId).shortName,
      borrower: nameOf(borrowerId).shortName,
    }),
  }))
}
