import type { PlanUnmet } from '@samkraft/contracts/matching'
import { redirect } from '@sveltejs/kit'
import { byName } from '#lib/format/order.ts'
import { format, m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import type { Option } from '#lib/ui/option.ts'
import { lineOf, namesFor } from '../pooling/said.ts'
import type { Services } from '../services.ts'
import { wholeOf } from '../whole-of.ts'
import type { InPlan } from './pair-page.ts'

/**
 * A pooled need to be started of what a plan leaves unmet: one request is chosen, and with it those that fit it. Leads to the
 * pooled need the request is part of already. Throws what the services refuse.
 */
export async function poolPage(services: Services, where: InPlan) {
  const { pooledNeed } = services.matching
  const { planId, asked, requestId } = where
  const policy = asked.princip
  const [told, unmet, known, county] = await Promise.all([
    services.matching.plan.explain.query({ planId, policy, requestId }),
    wholeOf((cursor) => services.matching.plan.unmet.query({ planId, policy, cursor, limit: 100 })),
    pooledNeed.forRequest.query({ requestId }),
    wholeOf((cursor) => pooledNeed.list.query({ cursor, limit: 100 })),
  ])
  if (known.pooledNeed) redirect(303, paths.pooledNeed(known.pooledNeed.pooledNeedId))
  const own = { ...told, requestId, hours: told.hoursAsked - told.hoursGiven }
  const pooled = new Set(county.flatMap(({ members }) => members.map((member) => member.requestId)))
  const others = alikeIn(unmet, own).filter((row) => !pooled.has(row.requestId))
  const suggested = known.suggestion?.members ?? []
  const names = await namesFor(services, [...known.couldJoin, { members: suggested }], [own, ...others].map(ownerOf))
  const lacking = (row: Lacking) => ({
    requestId: row.requestId,
    name: names.short(row.borrowerId),
    about: m.plan_pool_lacks({ hours: format.number(row.hours), asked: format.number(row.hoursAsked) }),
  })
  const listed = new Set([own, ...others].map(idOf))
  const beyond = suggested
    .filter((member) => !listed.has(member.requestId))
    .map(({ requestId: value, organisationId, hoursPerWeek }) => ({
      requestId: value,
      name: names.short(organisationId),
      about: format.hours(hoursPerWeek),
    }))
  return {
    ...where,
    title: m.plan_pool_title({ competence: names.competence(own.competence) }),
    could: known.couldJoin.map((need) => lineOf(need, names, m.plan_pool_could)),
    /** The one that it is about stands first. */
    options: [lacking(own), ...[...others.map(lacking), ...beyond].sort(byName)].map(
      ({ requestId: value, name: label, about: hint }): Option => ({ value, label, hint }),
    ),
    chosen: suggested.length > 0 ? suggested.map(idOf) : [...listed],
  }
}

/** What a plan leaves unmet of a request. */
type Lacking = Pick<PlanUnmet, 'requestId' | 'borrowerId' | 'hours' | 'hoursAsked'>

/** What others lack of the same competence, each request once; one organisation has one place in a pooled need. */
function alikeIn(
  unmet: readonly PlanUnmet[],
  { competence, borrowerId }: Pick<PlanUnmet, 'competence' | 'borrowerId'>,
): PlanUnmet[] {
  const first = new Map<string, PlanUnmet>()
  for (const row of unmet)
    if (
      row.competence === competence &&
      row.reason !== 'rounded' &&
      row.borrowerId !== borrowerId &&
      !first.has(row.borrowerId)
    )
      first.set(row.borrowerId, row)
  return [...first.values()]
}

const ownerOf = ({ borrowerId }: Lacking) => borrowerId
const idOf = ({ requestId }: Readonly<{ requestId: string }>) => requestId
