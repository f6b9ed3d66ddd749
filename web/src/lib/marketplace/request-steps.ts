import type { RequestDraft } from '@samkraft/contracts/marketplace'
import { m } from '#lib/i18n.ts'

/** What a request says, as it is asked for: one page, one group of questions. The slugs are addresses. */
export const requestSteps = ['kompetens', 'omfattning', 'plats', 'orsak', 'beskrivning'] as const
export type RequestStep = (typeof requestSteps)[number]
export type RequestField = keyof RequestDraft

export const requestStepTitles: Readonly<Record<RequestStep, () => string>> = {
  kompetens: m.request_step_what,
  omfattning: m.request_step_extent,
  plats: m.request_step_place,
  orsak: m.request_step_cause,
  beskrivning: m.request_step_words,
}

export const requestStepFields: Readonly<Record<RequestStep, readonly RequestField[]>> = {
  kompetens: ['requiredCompetences', 'preferredCompetences', 'level', 'licenceRequired'],
  omfattning: ['segments', 'totalHours', 'least', 'periodFixed', 'openUntil'],
  plats: ['place', 'placeMunicipality'],
  orsak: ['cause', 'ifNobodyHelps', 'planLink'],
  beskrivning: ['title', 'description', 'languages', 'focusAreas', 'highestOrePerHour'],
}

/** The same groups to somebody who reads them. */
export const requestSectionTitles: Readonly<Record<RequestStep, () => string>> = {
  kompetens: m.section_competence,
  omfattning: m.section_extent,
  plats: m.section_place,
  orsak: m.section_cause,
  beskrivning: m.section_words,
}

/** What is asked, in the words beside each field. */
export const requestFieldLabels: Readonly<Record<RequestField, () => string>> = {
  requiredCompetences: m.field_required_competences,
  preferredCompetences: m.field_preferred_competences,
  level: m.field_level,
  licenceRequired: m.field_licence_required,
  totalHours: m.field_total_hours,
  segments: m.field_extent_as,
  least: m.field_least,
  periodFixed: m.field_period_fixed,
  openUntil: m.field_open_until,
  place: m.field_place_request,
  placeMunicipality: m.field_place_municipality_request,
  cause: m.field_cause,
  ifNobodyHelps: m.field_if_nobody,
  planLink: m.field_plan_link,
  title: m.field_title,
  description: m.field_description_request,
  highestOrePerHour: m.field_highest_ore,
  focusAreas: m.field_focus_areas,
  languages: m.field_languages,
}

/** The same to somebody who reads the answers: a word or two. */
export const requestFieldWords: Readonly<Record<RequestField, () => string>> = {
  requiredCompetences: m.term_required,
  preferredCompetences: m.term_preferred,
  level: m.term_level,
  licenceRequired: m.term_licence_required,
  totalHours: m.term_total_hours,
  segments: m.term_segments,
  least: m.term_least,
  periodFixed: m.term_period_fixed,
  openUntil: m.term_open_until,
  place: m.term_place,
  placeMunicipality: m.term_place_municipality_request,
  cause: m.term_cause,
  ifNobodyHelps: m.term_if_nobody,
  planLink: m.term_plan_link,
  title: m.term_title,
  description: m.term_description,
  languages: m.term_languages,
  focusAreas: m.term_focus_areas,
  highestOrePerHour: m.term_highest_price,
}

export function isRequestStep(slug: string): slug is RequestStep {
  return (requestSteps as readonly string[]).includes(slug)
}
