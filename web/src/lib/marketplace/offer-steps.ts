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

export const offerFieldWords: Readonly<Record<OfferField, () => string>> = {
  kind: m.field_offer_kind,
  mainCompetence: m.field_main_competence,
  otherCompetences: m.field_other_competences,
  level: m.field_level_offer,
  licence: m.field_licence,
  segments: m.field_segments,
  totalHours: m.field_total_hours,
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
  languages: m.field_languages,
  focusAreas: m.field_focus_areas,
}

export function isOfferStep(slug: string): slug is OfferStep {
  return (offerSteps as readonly string[]).includes(slug)
}
