import { lastDay } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import { standingWords } from '#lib/plans/words.ts'
import { competenceNames } from '#lib/server/competence-names.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { allForFile, csvFile, csvOf } from '#lib/server/csv.ts'
import { organisationNames } from '#lib/server/organisation-names.ts'
import { readAsked } from '#lib/server/plans/plan-page.ts'
import { assignmentsQuery } from '#lib/server/plans/views.ts'
import type { RequestHandler } from './$types'

/** What a plan gives under the policy that the address asks for, as a file for a spreadsheet. */
export const GET: RequestHandler = async ({ url, params, locals: { actor, services } }) => {
  mustCoordinate(actor)
  const query = assignmentsQuery(params.id, readAsked(url))
  const [items, competence] = await Promise.all([
    allForFile((page) => services.matching.plan.assignments.query({ ...query, ...page })),
    competenceNames(services),
  ])
  const nameOf = await organisationNames(
    services,
    items.flatMap(({ lenderId, borrowerId }) => [lenderId, borrowerId]),
  )
  const header = [
    m.plan_row_borrower(),
    m.plan_row_what(),
    m.plan_row_lender(),
    m.column_hours(),
    m.field_period_from(),
    m.field_period_to(),
    m.plan_row_score(),
    m.plan_row_km(),
    m.plan_row_state(),
  ]
  const rows = items.map((row) => [
    nameOf(row.borrowerId).shortName,
    competence(row.competence),
    nameOf(row.lenderId).shortName,
    format.number(row.hoursPerWeek),
    row.period.from,
    lastDay(row.period),
    format.number(row.score),
    row.km === null ? '' : format.number(row.km),
    standingWords[row.standing](),
  ])
  return csvFile([m.plan_file_name()], csvOf(header, rows))
}
