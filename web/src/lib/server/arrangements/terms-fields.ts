import type { ArrangementView } from '@samkraft/contracts/arrangements'
import type { Period } from '@samkraft/kernel'
import { shareNames } from './revisions.ts'

/** One request in a form of terms: whose it is, and what stands in the fields before anyone has typed. */
export type ShareFields = Readonly<{
  requestId: string
  organisation: string
  hoursPerWeek: number | null
  period: Period | null
  /** What helps to fill it in, such as what the request asks for. */
  hint?: string
}>

/** The terms as they stand, to be changed. */
export function termsFields(
  { terms }: Pick<ArrangementView, 'terms'>,
  nameOf: (organisationId: string) => string,
): ShareFields[] {
  const names = shareNames(terms.shares, nameOf)
  return terms.shares.map(({ requestId, hoursPerWeek, period }, index) => ({
    requestId,
    organisation: names[index] ?? '',
    hoursPerWeek,
    period,
  }))
}
