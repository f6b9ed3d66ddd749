import type { OfferDraft } from '@samkraft/contracts/marketplace'
import { m } from '#lib/i18n.ts'

/** What an offer says, as it is asked for: one page, one group of questions. The slugs are addresses. */
export const offerSteps = ['kompetens', 'omfattning', 'plats', 'kostnad', 'skydd', 'beskrivning'] as const
export type OfferStep = (typeof offerSteps)[number]
export type OfferField = keyof OfferDraft

export const offerStepTitles: Readonly<Record<OfferStep, () => string>> = {
  kompetens: m.offer_step_what,
  omfattning: m.offer_step_extent,
  plats: m.offer_step_place,
  kostnad: m.offer_step_cost,
  skydd: m.offer_step_protection,
  beskrivning: m.offer_step_words,
}

export const offerStepFields: Readonly<Record<OfferStep, readonly OfferField[]>> = {
  kompetens: ['kind', 'mainCompetence', 'otherCompetences', 'level', 'licence'],
  omfattning: ['segments', 'totalHours', 'slice', 'openUntil', 'confirmedUntil'],
  plats: ['place', 'placeMunicipality', 'travelKm'],
  kostnad: ['costModel', 'orePerHour', 'costBasis', 'conditions'],
  skydd: ['reserveFloor', 'noticeWeeks', 'recallClause'],
  beskrivning: ['title', 'description', 'languages', 'focusAreas'],
}

/** The same groups to somebody who reads them. */
export const offerSectionTitles: Readonly<Record<OfferStep, () => string>> = {
  kompetens: m.section_competence,
  omfattning: m.section_extent,
  plats: m.section_place,
  kostnad: m.section_cost,
  skydd: m.section_protection,
  beskrivning: m.section_words,
}

/** What is asked, in the words beside each field. */
export const offerFieldLabels: Readonly<Record<OfferField, () => string>> = {
  kind: m.field_offer_kind,
  mainCompetence: m.field_main_competence,
  otherCompetences: m.field_other_competences,
  level: m.field_level_offer,
  licence: m.field_licence,
  totalHours: m.field_total_hours,
  segments: m.field_extent_as,
  slice: m.field_slice,
  openUntil: m.field_open_until,
  confirmedUntil: m.field_confirmed_until,
  place: m.field_place_offer,
  placeMunicipality: m.field_place_municipality,
  travelKm: m.field_travel,
  costModel: m.field_cost_model,
  orePerHour: m.field_ore_per_hour,
  costBasis: m.field_cost_basis,
  conditions: m.field_conditions,
  reserveFloor: m.field_reserve_floor,
  noticeWeeks: m.field_notice_weeks,
  recallClause: m.field_recall,
  title: m.field_title,
  description: m.field_description_offer,
  focusAreas: m.field_focus_areas,
  languages: m.field_languages,
}

/** The same to somebody who reads the answers: a word or two. */
export const offerFieldWords: Readonly<Record<OfferField, () => string>> = {
  kind: m.term_kind,
  mainCompetence: m.term_main_competence,
  otherCompetences: m.term_other_competences,
  level: m.term_level,
  licence: m.term_licence,
  totalHours: m.term_total_hours,
  segments: m.term_segments,
  slice: m.term_slice,
  openUntil: m.term_open_until,
  confirmedUntil: m.term_confirmed_until,
  place: m.term_place,
  placeMunicipality: m.term_place_municipality,
  travelKm: m.term_travel,
  costModel: m.term_cost_model,
  orePerHour: m.term_price,
  costBasis: m.term_cost_basis,
  conditions: m.term_conditions,
  reserveFloor: m.term_reserve_floor,
  noticeWeeks: m.term_notice,
  recallClause: m.term_recall,
  title: m.term_title,
  description: m.term_description,
  languages: m.term_languages,
  focusAreas: m.term_focus_areas,
}

export function isOfferStep(slug: string): slug is OfferStep {
  return (offerSteps as readonly string[]).includes(slug)
}
