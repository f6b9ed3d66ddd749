import type { OfferDraft, RequestDraft } from '@samkraft/contracts/marketplace'
import { addDays, isDate } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import {
  causeWords,
  costWords,
  groupWords,
  kindWords,
  languageName,
  levelWords,
  licenceWords,
  placeWords,
  wordFor,
} from '#lib/marketplace/words.ts'
import type { Lookups } from './lookups.ts'

/** How each field of a draft reads, one line or several; null while it is not answered. */
type Answers<Draft> = { readonly [Field in keyof Draft]-?: (value: Draft[Field], look: Lookups) => string | null }

type Alike =
  | 'title'
  | 'description'
  | 'level'
  | 'segments'
  | 'totalHours'
  | 'place'
  | 'placeMunicipality'
  | 'focusAreas'
  | 'languages'
  | 'openUntil'

const said = (value: string | null | undefined) => value?.trim() || null
const hours = (value: number | null | undefined) => (typeof value !== 'number' ? null : format.extent(value))
const kronor = (ore: number | null | undefined) =>
  typeof ore !== 'number' ? null : m.per_hour({ price: format.kronor(ore) })
const word = (words: Parameters<typeof wordFor>[0], code: string | null | undefined) =>
  code ? wordFor(words, code) : null
const list = (names: readonly string[]) => (names.length > 0 ? names.join(', ') : null)

const alike: Pick<Answers<OfferDraft>, Alike> = {
  title: said,
  description: said,
  level: (level) => word(levelWords, level),
  segments: (segments) =>
    segments?.length === 0 ? m.no_hours() : segments?.map(segment).filter(Boolean).join('\n') || null,
  totalHours: (total) => (typeof total !== 'number' ? null : m.hours_in_all({ hours: format.number(total) })),
  place: (place) => word(placeWords, place),
  placeMunicipality: (code, look) => look.municipality(code ?? null),
  focusAreas: (areas) => list((areas ?? []).map((area) => wordFor(groupWords, area))),
  languages: (languages) => list((languages ?? []).map(languageName)),
  openUntil: (day) => said(day) ?? m.open_usual(),
}

export const offerAnswers: Answers<OfferDraft> = {
  ...alike,
  kind: (kind) => word(kindWords, kind),
  mainCompetence: (slug, look) => (slug ? look.competence(slug) : null),
  otherCompetences: (slugs, look) => list((slugs ?? []).map(look.competence)),
  licence: (licence) => word(licenceWords, licence),
  slice: hours,
  travelKm: (km) => (typeof km !== 'number' ? null : format.distance(km)),
  costModel: (model) => word(costWords, model),
  orePerHour: kronor,
  costBasis: said,
  conditions: said,
  confirmedUntil: (day) => said(day) ?? m.confirmed_usual(),
  reserveFloor: (floor) => (floor ? hours(floor) : m.none_kept()),
  noticeWeeks: (weeks) => (weeks ? m.weeks_count({ count: weeks }) : m.no_notice()),
  recallClause: (clause) => said(clause) ?? m.never_recalled(),
}

export const requestAnswers: Answers<RequestDraft> = {
  ...alike,
  requiredCompetences: (slugs, look) => list((slugs ?? []).map(look.competence)),
  preferredCompetences: (slugs, look) => list((slugs ?? []).map(look.competence)),
  licenceRequired: (required) => (required ? m.yes() : m.no()),
  least: hours,
  periodFixed: (fixed) => (fixed ? m.period_fixed() : m.period_movable()),
  cause: (cause) => word(causeWords, cause),
  ifNobodyHelps: said,
  planLink: said,
  highestOrePerHour: kronor,
}

/** All answers of a draft in words, by field. */
export function answersOf<Draft extends object>(
  answers: Answers<Draft>,
  draft: Draft,
  look: Lookups,
): Readonly<Record<string, string | null>> {
  const one = <Field extends keyof Draft>(field: Field) => answers[field](draft[field], look)
  const fields = Object.keys(answers) as (keyof Draft & string)[]
  return Object.fromEntries(fields.map((field) => [field, one(field)]))
}

/** `2027-01-11 – 2027-06-11, v. 2–23: 16 tim/v (40 %)`, as much of it as has been said. */
function segment({ period, hoursPerWeek }: NonNullable<NonNullable<OfferDraft['segments']>[number]>): string {
  const { from, to } = period ?? {}
  const isWhole = from && to && isDate(from) && isDate(to) && from < to
  const days = isWhole
    ? format.periodInWeeks({ from, to })
    : [from, to && isDate(to) ? addDays(to, -1) : to].map((day) => day || '…').join(' – ')
  return from || to || typeof hoursPerWeek === 'number' ? `${days}: ${hours(hoursPerWeek) ?? '…'}` : ''
}
