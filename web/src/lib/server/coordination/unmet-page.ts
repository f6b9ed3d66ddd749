import { daysIn } from '@samkraft/kernel'
import { format } from '#lib/i18n.ts'
import { causeWords } from '#lib/marketplace/words.ts'
import { competenceNames } from '../competence-names.ts'
import { organisationNames } from '../organisation-names.ts'
import type { Services } from '../services.ts'

/** Rows of one page. */
const rowsShown = 50

/** Open requests that no offer serves, the longest open first. */
export async function unmetPage(services: Services, cursor: string | null) {
  const { items, next } = await services.matching.market.unmet.query({ cursor: cursor ?? undefined, limit: rowsShown })
  const [competence, organisation] = await Promise.all([
    competenceNames(services),
    organisationNames(
      services,
      items.map(({ request }) => request.organisationId),
    ),
  ])
  const today = format.dateOf(new Date())
  return {
    cursor,
    next,
    rows: items.map(({ request, since, askedHoursPerWeek, asked, nearMisses, bestScore }) => {
      const day = format.dateOf(since)
      return {
        id: request.requestId,
        competence: competence(request.mainCompetence),
        owner: organisation(request.organisationId).name,
        cause: causeWords[request.cause](),
        since: day,
        days: format.number(day < today ? daysIn({ from: day, to: today }) : 0),
        asked: format.hours(askedHoursPerWeek),
        period: asked,
        near: format.number(nearMisses),
        best: bestScore === null ? '–' : format.number(bestScore),
      }
    }),
  }
}
