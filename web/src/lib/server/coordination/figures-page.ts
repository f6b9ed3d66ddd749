import { arrangementStatuses, type MoveName, type SpreadView } from '@samkraft/contracts/arrangements'
import { reasonWords, statusWords } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { wordFor } from '#lib/marketplace/words.ts'
import { countyShapes } from '../county-map.ts'
import { organisationNames } from '../organisation-names.ts'

/** What a no or a return was, by the move that made it. */
const refusalWords: Readonly<Partial<Record<MoveName, () => string>>> = {
  decline: m.refusal_decline,
  decide: m.refusal_decide,
  withdraw: m.refusal_withdraw,
  lapse: m.refusal_lapse,
  return: m.refusal_return,
  refuse: m.refusal_refuse,
  end: m.refusal_end,
}

/** How long things take, where they stand and why they came to nothing; and the hours that go between municipalities. */
export async function figuresPage({ services }: Pick<App.Locals, 'services'>) {
  const { stats, flow } = services.arrangements
  const [summary, { items: flows, arrangements }] = await Promise.all([stats.summary.query({}), flow.list.query({})])
  const parties = flows.flatMap(({ lender, borrower }) => [lender.id, borrower.id])
  const organisation = await organisationNames(services, parties)
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

function spreadSaid({ n, median, lowerQuartile, upperQuartile }: SpreadView) {
  const days = (value: number | null) => (value === null ? '–' : format.number(Math.round(value * 10) / 10))
  return {
    n: format.number(n),
    median: days(median),
    middle: n === 0 ? '–' : `${days(lowerQuartile)}–${days(upperQuartile)}`,
  }
}
