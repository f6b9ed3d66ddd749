import type { MoveName, SpreadView, ArrangementStatus } from '@samkraft/contracts/arrangements'
import type { Period } from '@samkraft/kernel'
import { type RawBuilder, sql } from 'kysely'

/** The arrangements counted: those proposed in the period, of what the tenant context shows. */
function proposedIn(period: Period | undefined): RawBuilder<unknown> {
  return period
    ? sql`(a.proposed_at at time zone 'Europe/Stockholm')::date >= ${period.from}::date
        and (a.proposed_at at time zone 'Europe/Stockholm')::date < ${period.to}::date`
    : sql`true`
}

/** When an arrangement last reached a status; the log says so, whatever its status is now. */
const reached = (status: ArrangementStatus) =>
  sql`(select max(s.at) from step s where s.arrangement_id = a.id and s.to_status = ${status})`

const durations = {
  requestToProposal: {
    from: sql`(select min(r.published_at) from share h join request r on r.id = h.request_id
      where h.arrangement_id = a.id and h.revision = 1)`,
    to: sql`a.proposed_at`,
  },
  proposalToDecision: { from: sql`a.proposed_at`, to: reached('coordinator_approval') },
  decisionToStart: { from: reached('coordinator_approval'), to: reached('active') },
  openAge: {
    from: sql`case when a.status in ('proposed', 'lender_decision', 'borrower_decision', 'coordinator_approval', 'reserving')
      then a.proposed_at end`,
    to: sql`app_now()`,
  },
} as const

type Duration = keyof typeof durations

/** Days between two moments of the arrangements that have both: how many, the median and the middle half. */
export function spreadQuery(duration: Duration, period: Period | undefined): RawBuilder<SpreadRow> {
  const { from, to } = durations[duration]
  return sql<SpreadRow>`
    with moments as materialized (select ${from} as begun, ${to} as over from arrangement a where ${proposedIn(period)}), counted as (
      select greatest(extract(epoch from over - begun)::double precision / 86400, 0) as days
      from moments where begun is not null and over is not null
    )
    select count(days) as n, percentile_cont(array[0.25, 0.5, 0.75]) within group (order by days) as quartiles from counted`
}

type SpreadRow = Readonly<{ n: number; quartiles: (number | null)[] | null }>

export function toSpread([row]: readonly SpreadRow[]): SpreadView {
  const [lowerQuartile, median, upperQuartile] = row?.quartiles ?? []
  return {
    n: row?.n ?? 0,
    median: toTenths(median),
    lowerQuartile: toTenths(lowerQuartile),
    upperQuartile: toTenths(upperQuartile),
  }
}

function toTenths(days: number | null | undefined): number | null {
  return days === null || days === undefined ? null : Math.round(days * 10) / 10
}

export function statusesQuery(period: Period | undefined) {
  return sql<{ status: ArrangementStatus; count: number }>`
    select status, count(*) as count from arrangement a where ${proposedIn(period)} group by status order by status`
}

/** Every no in the log by who or what said it and why; one arrangement may have had several. */
export function refusalsQuery(period: Period | undefined) {
  return sql<{ move: MoveName; reasonCode: string; count: number }>`
    select s.move, s.reason ->> 'code' as "reasonCode", count(*) as count
    from step s join arrangement a on a.id = s.arrangement_id
    where ${proposedIn(period)} and s.reason is not null
      and (s.move in ('decline', 'withdraw', 'lapse', 'return', 'refuse') or (s.move = 'decide' and s.to_status = 'declined'))
    group by 1, 2 order by 3 desc, 1, 2`
}
