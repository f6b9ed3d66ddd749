import type { RulesView } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'
import { factorWords } from './rules.ts'

/** The example: what is asked for and what is offered. */
const given = { population: 5351, asked: 8, hours: 6, weeks: 22, km: 59 } as const

/** A match counted by hand, line by line, with the figures of the published table. */
export function exampleOf({ factors }: RulesView) {
  const { competence, extent, period, place, cost, language, focus_area, small_municipality, give_take } = factors
  const distance = Math.max(place.leastShare, (place.farKm - given.km) / (place.farKm - place.nearKm))
  const small = small_municipality.steps.find(({ atMost }) => given.population <= atMost)?.points ?? 0
  const rows = [
    whole('competence', competence.max),
    part('extent', extent.max, given.hours / given.asked, `${given.hours} / ${given.asked}`),
    whole('period', period.max),
    part('place', place.max, distance, `(${place.farKm} − ${given.km}) / (${place.farKm} − ${place.nearKm})`),
    whole('cost', cost.max),
    whole('language', language.max),
    whole('focus_area', focus_area.max),
    {
      name: factorWords.small_municipality(),
      calculation: m.rules_small_step({
        count: small,
        population: format.number(small_municipality.steps.find(({ points }) => points === small)?.atMost ?? 0),
      }),
      points: small,
    },
    whole('give_take', give_take.max),
  ]
  return {
    text: m.rules_example({
      population: format.number(given.population),
      asked: format.hours(given.asked),
      weeks: format.number(given.weeks),
      distance: format.distance(given.km),
      hours: format.hours(given.hours),
    }),
    rows,
    total: rows.reduce((sum, { points }) => sum + points, 0),
  }
}

type Code = keyof RulesView['factors']

function whole(code: Code, max: number) {
  return { name: factorWords[code](), calculation: m.rules_example_all(), points: max }
}

/** Whole points: all of them only for all, none only for nothing. */
function part(code: Code, max: number, share: number, written: string) {
  const points = share >= 1 ? max : Math.min(max - 1, Math.max(1, Math.round(share * max)))
  return {
    name: factorWords[code](),
    calculation: m.rules_example_share({ max: format.number(max), share: written }),
    points,
  }
}
