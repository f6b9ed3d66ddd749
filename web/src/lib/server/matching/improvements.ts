import type { Improvement } from '@samkraft/contracts/matching'
import { listed } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { rangeSaid } from './factors.ts'

/** What would make a match better, and by how many points. */
export type Better = Readonly<{ text: string; points: number }>

type Of<Code extends Improvement['code']> = Extract<Improvement, { code: Code }>

/** A sentence for each; one without is a mistake the compiler finds. */
const sentences: { readonly [Code in Improvement['code']]: (improvement: Of<Code>) => string } = {
  offer_more_hours: ({ hoursPerWeek, weeks }) =>
    m.better_offer_more_hours({ hours: format.hours(hoursPerWeek), weeks: rangeSaid(weeks) }),
  offer_more_weeks: ({ ranges }) => m.better_offer_more_weeks({ ranges: listed(ranges.map(rangeSaid)) }),
  offer_smaller_slice: ({ hoursPerWeek }) => m.better_offer_smaller_slice({ hours: format.hours(hoursPerWeek) }),
  offer_travel_farther: ({ km }) => m.better_offer_travel_farther({ distance: format.distance(km) }),
  request_accept_remote: () => m.better_request_accept_remote(),
  offer_remote: () => m.better_offer_remote(),
  offer_document_licence: () => m.better_offer_document_licence(),
  offer_lower_price: ({ orePerHour }) => m.better_offer_lower_price({ price: format.kronor(orePerHour) }),
  request_flexible_period: () => m.better_request_flexible_period(),
  request_lower_least: ({ hoursPerWeek }) => m.better_request_lower_least({ hours: format.hours(hoursPerWeek) }),
}

export function bettersOf(improvements: readonly Improvement[]): Better[] {
  return improvements.map((improvement) => ({ text: say(improvement), points: improvement.points }))
}

function say<Code extends Improvement['code']>(improvement: Of<Code>): string {
  return (sentences[improvement.code] as (one: Of<Code>) => string)(improvement)
}
