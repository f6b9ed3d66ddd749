import type {
  CompetenceGroup,
  CompetenceName,
  coverages,
  costModels,
  levels,
  licenceStates,
  MyOffer,
  MyRequest,
  offerKinds,
  OfferItem,
  placeModes,
  requestCauses,
  RequestItem,
  Status,
} from '@samkraft/contracts/marketplace'
import { format, getLocale, m } from '#lib/i18n.ts'
import type { Option } from '#lib/ui/option.ts'

// Only types are taken from the contracts: their schemas would bring a validator to every page in the browser.
type Of<Codes extends readonly string[]> = Codes[number]
type Words<Code extends string> = Readonly<Record<Code, () => string>>

export type OfferKind = Of<typeof offerKinds>
export type PlaceMode = Of<typeof placeModes>
export type RequestCause = Of<typeof requestCauses>
export type CostModel = Of<typeof costModels>
export type Level = Of<typeof levels>
export type LicenceState = Of<typeof licenceStates>
export type Coverage = Of<typeof coverages>

export const kindWords: Words<OfferKind> = {
  competence: m.kind_competence,
  function: m.kind_function,
  staff_time: m.kind_staff_time,
  material: m.kind_material,
}

export const placeWords: Words<PlaceMode> = {
  on_site: m.place_on_site,
  hybrid: m.place_hybrid,
  remote: m.place_remote,
}

export const causeWords: Words<RequestCause> = {
  vacancy: m.cause_vacancy,
  no_post: m.cause_no_post,
  single_person_dependency: m.cause_single_person_dependency,
  temporary_peak: m.cause_temporary_peak,
  project: m.cause_project,
}

export const costWords: Words<CostModel> = {
  actual_hours: m.cost_actual_hours,
  fixed_yearly: m.cost_fixed_yearly,
  per_inhabitant: m.cost_per_inhabitant,
  per_pupil: m.cost_per_pupil,
  mixed: m.cost_mixed,
  none: m.cost_none,
}

export const levelWords: Words<Level> = {
  any: m.level_any,
  experienced: m.level_experienced,
  specialist: m.level_specialist,
  lead: m.level_lead,
}

export const licenceWords: Words<LicenceState> = {
  none: m.licence_none,
  claimed: m.licence_claimed,
  documented: m.licence_documented,
}

export const statusWords: Words<Status> = {
  draft: m.status_draft,
  published: m.status_published,
  paused: m.status_paused,
  withdrawn: m.status_withdrawn,
  expired: m.status_expired,
}

export const coverageWords: Words<Coverage> = {
  uncovered: m.coverage_uncovered,
  partly_covered: m.coverage_partly_covered,
  covered: m.coverage_covered,
}

/** The groups of the vocabulary, which are also the utvecklingsområden for now. */
export const groupWords: Words<CompetenceGroup> = {
  elevhalsa: m.group_elevhalsa,
  specialpedagogik: m.group_specialpedagogik,
  bristamnen: m.group_bristamnen,
  'sprak-nyanlanda': m.group_sprak_nyanlanda,
  'vagledning-vuxenutbildning': m.group_vagledning_vuxenutbildning,
  'kvalitet-analys': m.group_kvalitet_analys,
  'ledning-skolutveckling': m.group_ledning_skolutveckling,
  'juridik-inkop': m.group_juridik_inkop,
  'ekonomi-hr': m.group_ekonomi_hr,
  digitalisering: m.group_digitalisering,
  administration: m.group_administration,
  stodfunktioner: m.group_stodfunktioner,
}

/** What one may choose among, in the order of the words. */
export function optionsOf<Code extends string>(
  words: Words<Code>,
  hints?: Readonly<Partial<Record<Code, () => string>>>,
): Option[] {
  const codes = Object.keys(words) as Code[]
  return codes.map((code) => ({ value: code, label: words[code](), hint: hints?.[code]?.() }))
}

/** The word for a code, or the code itself when it is one that nobody has a word for. */
export function wordFor(words: Readonly<Record<string, () => string>>, code: string): string {
  return Object.hasOwn(words, code) ? (words[code]?.() ?? code) : code
}

/** What a competence is called on this page. */
export function competenceName(competence: Pick<CompetenceName, 'sv' | 'en'>): string {
  return competence[getLocale()]
}

/** Competences as one name: `Skolpsykolog`, `Skolpsykolog och 2 till`. */
export function competenceNames(competences: readonly CompetenceName[]): string {
  const [first, ...more] = competences
  if (!first) return m.competence_none()
  return more.length === 0
    ? competenceName(first)
    : m.competence_and_more({ name: competenceName(first), count: format.number(more.length) })
}

/** The owner's heading, or one made of competence and hours: `Skolpsykolog, 16 tim/v (40 %)`. */
export function offerTitle(offer: Pick<OfferItem, 'title' | 'mainCompetence' | 'hoursPerWeek'>): string {
  return offer.title ?? headline(competenceName(offer.mainCompetence), offer.hoursPerWeek)
}

/** The owner's heading, or one made of what is asked for. */
export function requestTitle(request: Pick<RequestItem, 'title' | 'requiredCompetences' | 'hoursPerWeek'>): string {
  return request.title ?? headline(competenceNames(request.requiredCompetences), request.hoursPerWeek)
}

/** As `offerTitle`, for one of the own, which may be a draft that says nothing yet. */
export function myOfferTitle({ title, mainCompetence, hoursPerWeek }: MyOffer): string {
  return title ?? (mainCompetence ? headline(competenceName(mainCompetence), hoursPerWeek) : m.offer_untitled())
}

/** As `requestTitle`, for one of the own, which may be a draft that says nothing yet. */
export function myRequestTitle({ title, requiredCompetences: asked, hoursPerWeek }: MyRequest): string {
  return title ?? (asked.length > 0 ? headline(competenceNames(asked), hoursPerWeek) : m.request_untitled())
}

/** A heading out of a competence and hours per week; material may have no hours. */
export function headline(competence: string, hoursPerWeek: number | null): string {
  return hoursPerWeek ? `${competence}, ${format.extent(hoursPerWeek)}` : competence
}

/** A price kept in öre as it is typed, in kronor. */
export function kronorOf(ore: number | null | undefined): number | null {
  return typeof ore === 'number' ? ore / 100 : null
}

/** The languages an offer or a request may name beside Swedish: those most spoken in the county's schools. */
export const languageCodes: readonly string[] =
  'am ar bs de en es fa fi fr hr ku pl ps ro ru se so sq sr th ti tr uk ur vi zh'.split(' ')

/** What a language is called, `arabiska`. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(getLocale(), { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
