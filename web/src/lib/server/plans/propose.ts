import { ProposeArrangement, type ShareInput } from '@samkraft/contracts/arrangements'
import { type PlanAssignment, planPolicies, type PlanPolicy } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'
import { standingWords } from '#lib/plans/words.ts'
import { toCome } from '../arrangements/proposal.ts'
import { keyFrom } from '../command-key.ts'
import { competenceNames } from '../competence-names.ts'
import { type Form, Unfit } from '../form.ts'
import { organisationNames } from '../organisation-names.ts'
import { sentence } from '../problem.ts'
import { refusal } from '../refusal.ts'
import type { Services } from '../services.ts'
import { someOf } from '../whole-of.ts'

/** What came of proposing: how many were sent, and each that was not with the reason. */
export type Proposed = Readonly<{ sent: number; refused: readonly Readonly<{ row: string; why: string }>[] }>

/**
 * Turns chosen rows of a plan into proposals: one arrangement for each offer and request, also where the hours differ between
 * terms. A row that no longer holds, because something is gone since the plan was made, is not sent, and neither is what the
 * service refuses: each is told with its reason, and the others go on. Sent again, by whoever coordinates, the same rows are the
 * same command.
 */
export async function proposeRows(services: Services, planId: string, form: Form): Promise<Proposed> {
  const policy = planPolicies.find((one) => one === form.text('policy')) ?? 'balanced'
  const chosen = new Set(form.all('rows'))
  const rationale = form.text('rationale')
  const unfit = [
    ...(chosen.size === 0 ? [form.errorAt('rows', m.plan_propose_none())] : []),
    ...(rationale === '' ? [form.errorAt('rationale', sentence('text.required'))] : []),
  ]
  if (unfit.length > 0) throw new Unfit(unfit)
  const picked = await rowsOf(services, planId, policy, chosen)
  const [nameOf, competence] = await Promise.all([
    organisationNames(
      services,
      picked.flatMap(({ lenderId, borrowerId }) => [lenderId, borrowerId]),
    ),
    competenceNames(services),
  ])
  let sent = 0
  const refused: { row: string; why: string }[] = []
  for (const pair of Map.groupBy(picked, ({ requestId, offerId }) => `${requestId} ${offerId}`).values()) {
    const [first, ...rest] = pair
    if (!first) continue
    const why = await propose(services, { planId, policy, rows: [first, ...rest], rationale })
    if (why === null) sent += 1
    else
      refused.push({
        row: m.plan_row_choose_about({
          competence: competence(first.competence),
          lender: nameOf(first.lenderId).shortName,
          borrower: nameOf(first.borrowerId).shortName,
        }),
        why,
      })
  }
  return { sent, refused }
}

function rowsOf(
  { matching }: Services,
  planId: string,
  policy: PlanPolicy,
  chosen: ReadonlySet<string>,
): Promise<PlanAssignment[]> {
  const isChosen = (row: PlanAssignment) => chosen.has(`${row.requestId} ${row.offerId} ${row.period.from}`)
  return someOf(chosen.size, isChosen, (cursor) =>
    matching.plan.assignments.query({ planId, policy, cursor, limit: 100 }),
  )
}

/** The rows of one offer and request. */
type Pair = Readonly<{
  planId: string
  policy: PlanPolicy
  rows: readonly [PlanAssignment, ...PlanAssignment[]]
  rationale: string
}>

/** What rows ask for in a proposal: of one that is under way, only the days from `today` on. */
export function sharesOf(
  rows: readonly Pick<PlanAssignment, 'requestId' | 'period' | 'hoursPerWeek'>[],
  today: string,
): ShareInput[] {
  return rows.map(({ requestId, period, hoursPerWeek }) => ({
    requestId,
    period: toCome(period, today) ?? period,
    hoursPerWeek,
  }))
}

/** Null when it was sent; else why not. */
async function propose({ arrangements }: Services, { planId, policy, rows, rationale }: Pair): Promise<string | null> {
  const gone = rows.find(({ standing }) => standing !== 'open' && standing !== 'proposed')
  if (gone) return m.plan_not_proposed_gone({ standing: standingWords[gone.standing]() })
  const [{ requestId, offerId, place }] = rows
  const planned = rows.map(({ period, hoursPerWeek }) => ({ requestId, period, hoursPerWeek }))
  try {
    await arrangements.arrangement.propose.mutate(
      ProposeArrangement.parse({
        // The same rows of the same plan are the same proposal, whoever sends it, on whatever day and however often.
        commandKey: keyFrom('plan', planId, policy, requestId, offerId, planned),
        offerId,
        shares: sharesOf(rows, format.dateOf(new Date())),
        place,
        rationale,
      }),
    )
    return null
  } catch (cause) {
    const refused = refusal(cause)
    // The same row was proposed with another rationale: it is there already.
    if (refused?.code === 'command.key_reused')
      return m.plan_not_proposed_gone({ standing: m.plan_standing_proposed() })
    if (!refused) throw cause
    return sentence(refused.code, refused.details)
  }
}
