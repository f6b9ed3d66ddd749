import { mostOnPage } from '@samkraft/contracts'
import { agreeingStatuses, type ArrangementItem, type ArrangementView } from '@samkraft/contracts/arrangements'
import type { OfferView } from '@samkraft/contracts/marketplace'
import { addDays, weeksOf } from '@samkraft/kernel'
import { listed } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'
import { periodOf } from './said.ts'

/** Where the ledger has not been asked for the hours yet. */
const before = agreeingStatuses.filter((status) => status !== 'reserving')
const isBefore = ({ status }: Pick<ArrangementView, 'status'>) => before.some((one) => one === status)

/** The others that the reader knows of about the same offer, while this one has not asked for its hours; none when they cannot be read. */
export async function othersAbout(
  { arrangements }: Services,
  one: ArrangementView,
): Promise<readonly ArrangementItem[]> {
  if (!isBefore(one)) return []
  const asked = { offerIds: [one.offer.offerId], statuses: before, limit: mostOnPage }
  const known = await ifAnswered(() => arrangements.arrangement.list.query(asked))
  return known?.items.filter(({ id }) => id !== one.id) ?? []
}

/** That an offer does not have the hours for all that is being agreed on about it, from the first week in which it is so; null when it has. */
export function competingSaid(
  { terms }: Pick<ArrangementView, 'terms'>,
  { left }: Pick<OfferView, 'left'>,
  others: readonly ArrangementItem[],
): string | null {
  const weeks = [...new Set(terms.shares.flatMap(({ period }) => weeksOf(period)))].sort()
  for (const week of weeks) {
    const isIn = ({ from, to }: { from: string; to: string }) => from < addDays(week, 7) && week < to
    const rivals = others.filter((other) => isIn(periodOf(other)))
    const hours = left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek
    const asked = [...terms.shares.filter(({ period }) => isIn(period)), ...rivals].reduce(
      (sum, { hoursPerWeek }) => sum + hoursPerWeek,
      0,
    )
    if (rivals.length === 0 || hours === undefined || asked <= hours) continue
    return m.terms_competing({
      others: listed(rivals.map(otherSaid)),
      asked: format.hours(asked),
      left: format.hours(hours),
      week: format.week(week),
    })
  }
  return null
}

/** `Norberg (SK-2026-0016, 12 tim/v)`. */
function otherSaid({ borrowers, reference, hoursPerWeek }: ArrangementItem): string {
  return `${listed(borrowers.map(({ shortName }) => shortName))} (${reference}, ${format.hours(hoursPerWeek)})`
}
