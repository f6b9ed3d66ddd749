import {
  arrangementStatuses,
  type MoveName,
  type SpreadView,
  type StatsSummary,
} from '@samkraft/contracts/arrangements'
import type { RequestFigures } from '@samkraft/contracts/marketplace'
import { reasonWords, statusWords } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { counties } from '#lib/marketplace/counties.ts'
import { wordFor } from '#lib/marketplace/words.ts'
import { hasRole } from '#lib/signed-in.ts'
import { countyShapes } from '../county-map.ts'
import { countyOf } from '../marketplace/county.ts'
import { organisationNames } from '../organisation-names.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'
import { wholeOf } from '../whole-of.ts'

/** What a no or a return was, by the move that made it. */
const refusalWords: Readonly<Partial<Record<MoveName, () => string>>> = {
  decline: m.refusal_decline,
  decide: m.refusal_decide,
  withdraw: m.refusal_withdraw,
  lapse: m.refusal_lapse,
  return: m.refusal_return,
  refuse: m.refusal_refuse,
}

type Locals = Pick<App.Locals, 'services' | 'actor'>

/**
 * How many requests got their hours, how long things take, where they stand and why they came to nothing; and the hours that go
 * between municipalities: from whom to whom for the coordinator, in sums for who supports the process and may look at any county.
 */
export async function figuresPage(locals: Locals, asked: string | null) {
  if (!hasRole(locals.actor, ['coordinator'])) return countyInSums(locals, asked)
  const [summary, map, requests] = await Promise.all([
    locals.services.arrangements.stats.summary.query({}),
    flowMap(locals.services),
    requestsOf(locals.services, countyOf(locals.actor)),
  ])
  return { ...statsSaid(summary), requests, map, sums: null, county: null }
}

async function flowMap(services: Services) {
  const { items: flows, arrangements } = await services.arrangements.flow.list.query({})
  const parties = flows.flatMap(({ lender, borrower }) => [lender.id, borrower.id])
  const organisation = await organisationNames(services, parties)
  return {
    shapes: countyShapes,
    arrangements,
    flows: flows.map(({ lender, borrower, ...said }) => ({
      from: { name: lender.shortName, code: organisation(lender.id).municipalityCode },
      to: { name: borrower.shortName, code: organisation(borrower.id).municipalityCode },
      hoursPerWeek: said.hoursPerWeek,
      arrangements: said.arrangements,
    })),
  }
}

async function countyInSums({ services, actor }: Locals, asked: string | null) {
  const regions = await wholeOf((cursor) =>
    services.identity.organisation.list.query({ kind: 'region', cursor, limit: 100 }),
  )
  const codes = regions.flatMap(({ countyCode }) => countyCode ?? []).toSorted()
  const chosen = codes.find((code) => code === asked) ?? countyOf(actor)
  const [{ stats, flow }, requests] = await Promise.all([
    services.arrangements.stats.county.query({ county: chosen }),
    requestsOf(services, chosen),
  ])
  return {
    ...statsSaid(stats),
    requests,
    map: null,
    sums: [
      { term: m.sums_hours(), text: format.hours(flow.hoursPerWeek) },
      { term: m.flows_arrangements(), text: format.number(flow.arrangements) },
      { term: m.sums_lenders(), text: format.number(flow.lenders) },
      { term: m.sums_borrowers(), text: format.number(flow.borrowers) },
    ],
    county: {
      chosen,
      name: counties[chosen] ?? chosen,
      options: codes.map((code) => ({ value: code, label: counties[code] ?? code })),
    },
  }
}

/** What became of a county's requests; null while the marketplace is away, which the other figures can stand without. */
async function requestsOf({ marketplace }: Services, county: string) {
  const figures = await ifAnswered(() => marketplace.request.figures.query({ county }))
  return figures && requestsSaid(figures)
}

function requestsSaid({ open, expired, withdrawn }: RequestFigures) {
  const counted = (...coverages: readonly (keyof RequestFigures['open'])[]): Readonly<Record<string, string>> => {
    const of = (fared: RequestFigures['open']) => coverages.reduce((sum, coverage) => sum + fared[coverage], 0)
    const counts = { open: of(open), expired: of(expired), withdrawn: of(withdrawn) }
    return {
      open: format.number(counts.open),
      expired: format.number(counts.expired),
      withdrawn: format.number(counts.withdrawn),
      registered: format.number(counts.open + counts.expired + counts.withdrawn),
    }
  }
  return {
    rows: [
      { coverage: m.figures_requests_covered(), counts: counted('covered') },
      { coverage: m.figures_requests_partly_covered(), counts: counted('partlyCovered') },
      { coverage: m.figures_requests_uncovered(), counts: counted('uncovered') },
    ],
    sums: counted('covered', 'partlyCovered', 'uncovered'),
  }
}

function statsSaid(summary: StatsSummary) {
  const measures: readonly [string, SpreadView][] = [
    [m.figures_request_to_proposal(), summary.requestToProposal],
    [m.figures_proposal_to_decision(), summary.proposalToDecision],
    [m.figures_decision_to_start(), summary.decisionToStart],
    [m.figures_open_age(), summary.openAge],
  ]
  return {
    times: measures.map(([measure, spread]) => ({ measure, ...spreadSaid(spread) })),
    statuses: summary.byStatus
      .filter(({ count }) => count > 0)
      .sort((a, b) => arrangementStatuses.indexOf(a.status) - arrangementStatuses.indexOf(b.status))
      .map(({ status, count }) => ({ status, label: statusWords[status](), count })),
    refusals: summary.refusals.map(({ move, reasonCode, count }) => ({
      key: `${move} ${reasonCode}`,
      what: refusalWords[move]?.() ?? '',
      reason: wordFor(reasonWords, reasonCode),
      count,
    })),
  }
}

function spreadSaid({ n, median, lowerQuartile, upperQuartile }: SpreadView) {
  const days = (value: number | null) => (value === null ? '–' : format.number(Math.round(value * 10) / 10))
  return {
    n: format.number(n),
    median: days(median),
    middle: n === 0 ? '–' : `${days(lowerQuartile)}–${days(upperQuartile)}`,
  }
}
