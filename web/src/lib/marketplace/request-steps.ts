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

export const requestFieldWords: Readonly<Record<RequestField, () => string>> = {
  requiredCompetences: m.field_required_competences,
  preferredCompetences: m.field_preferred_competences,
  level: m.field_level,
  licenceRequired: m.field_licence_required,
  segments: m.field_segments,
  totalHours: m.field_total_hours,
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
  languages: m.field_languages,
  focusAreas: m.field_focus_areas,
  highestOrePerHour: m.field_highest_ore,
}

export function isRequestStep(slug: string): slug is RequestStep {
  return (requestSteps as readonly string[]).includes(slug)
}
