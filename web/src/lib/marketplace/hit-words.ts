import type {
  CompetenceSuggestion,
  CompetenceSuggestions,
  HitWay,
  WrittenExtent,
} from '@samkraft/contracts/marketplace'
import { lastDay, type Period } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import { competenceName, groupWords, wordFor } from './words.ts'

const ways: Readonly<Record<HitWay, (hit: { word: string }) => string>> = {
  same: m.competence_hit,
  inflection: m.competence_hit,
  abbreviation: m.competence_hit_abbreviation,
  misspelt: m.competence_hit_misspelt,
  part: m.competence_hit_part,
  alike: m.competence_hit_alike,
}

/** Where a suggested competence belongs, and why it came up when its name does not say so. */
export function hitSaid(hit: CompetenceSuggestion): string {
  const { word, way, through } = hit
  const plainly = way === 'same' || way === 'inflection'
  const byName = through.by === 'own' && plainly && competenceName(hit).toLowerCase().includes(word.toLowerCase())
  const why = [...(byName ? [] : [ways[way]({ word })]), ...throughSaid(hit)]
  return [wordFor(groupWords, hit.group), ...why].join(' · ')
}

/** How what was hit leads to the competence; nothing where it is a name of its own. */
function throughSaid({ word, through }: CompetenceSuggestion): string[] {
  switch (through.by) {
    case 'own':
      return []
    case 'occupation':
      return through.name === word ? [] : [m.competence_through_occupation({ name: through.name })]
    case 'skill':
      return [m.competence_through_skill()]
    case 'group':
      return [m.competence_through_group({ code: through.code })]
    case 'substitutability': {
      const { name } = through
      return [through.percentage === 75 ? m.competence_through_75({ name }) : m.competence_through_25({ name })]
    }
  }
}

/** `20 % (8 h/v av heltid)`: full time is forty hours a week. */
function extentSaid(extent: WrittenExtent): string {
  if ('hoursPerWeek' in extent) return format.hours(extent.hoursPerWeek)
  return `${format.percent(extent.percent)} (${format.hours((extent.percent / 100) * 40)})`
}

/** What lies ahead of all that can be offered or asked for: "from August 2027" has no end. */
const farAhead = '2100-01-01'

/** The last day that words are for; null where they say none. */
export function lastDayOf(period: Period): string | null {
  return period.to < farAhead ? lastDay(period) : null
}

/** Which days the words are for; null where they say none. */
export function daysSaid(period: Period | null): string | null {
  if (!period) return null
  return lastDayOf(period) ? format.period(period) : m.days_from({ date: period.from })
}

/** What was read off the words besides competences, and what becomes of it. */
export function besidesSaid({
  notUnderstood,
  extent,
  period,
}: Pick<CompetenceSuggestions, 'notUnderstood' | 'extent' | 'period'>): string[] {
  const days = daysSaid(period)
  return [
    ...(notUnderstood.length > 0 ? [m.competence_not_understood({ words: notUnderstood.join(' ') })] : []),
    ...(extent ? [m.competence_extent({ extent: extentSaid(extent) })] : []),
    ...(days ? [m.competence_period({ days })] : []),
  ]
}
