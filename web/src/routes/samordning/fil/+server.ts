import { m } from '#lib/i18n.ts'
import { competenceNames } from '#lib/server/competence-names.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { worklistAsCsv } from '#lib/server/coordination/worklist-file.ts'
import { readAsked, worklistQuery } from '#lib/server/coordination/worklist-page.ts'
import { allForFile, csvFile } from '#lib/server/csv.ts'
import type { RequestHandler } from './$types'

/** The worklist that the address asks for, as a file for a spreadsheet. */
export const GET: RequestHandler = async ({ url, locals: { actor, services } }) => {
  mustCoordinate(actor)
  const query = await worklistQuery(services, readAsked(url))
  const [items, nameOf] = await Promise.all([
    allForFile((page) => services.arrangements.worklist.list.query({ ...query, ...page })),
    competenceNames(services),
  ])
  return csvFile([m.worklist_file_name()], worklistAsCsv(items, nameOf))
}
