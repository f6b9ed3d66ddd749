import { z } from 'zod'
import { freeText, isStorable } from '../text.ts'
import { levels } from './details.ts'
import { costModels, licenceStates, offerKinds, placeModes, requestCauses } from './events.ts'

// A draft keeps what somebody is in the middle of saying: right types, but nothing has to be there or make sense yet.
const Text = freeText(4_000).nullish()
const Word = z.string().max(60).refine(isStorable, { error: 'text.unreadable' })
const Words = z.array(Word).max(30).nullish()
const Amount = z.number().nullish()

const Segment = z.object({
  period: z.object({ from: Word.nullish(), to: Word.nullish() }).nullish(),
  hoursPerWeek: Amount,
})

const common = {
  title: freeText(120).nullish(),
  description: Text,
  level: z.enum(levels).nullish(),
  segments: z.array(Segment).max(12).nullish(),
  totalHours: Amount,
  place: z.enum(placeModes).nullish(),
  placeMunicipality: Word.nullish(),
  focusAreas: Words,
  languages: Words,
  openUntil: Word.nullish(),
}

/** An offer as far as it has been written. */
export const OfferDraft = z.object({
  ...common,
  kind: z.enum(offerKinds).nullish(),
  mainCompetence: Word.nullish(),
  otherCompetences: Words,
  licence: z.enum(licenceStates).nullish(),
  slice: Amount,
  travelKm: Amount,
  costModel: z.enum(costModels).nullish(),
  orePerHour: Amount,
  costBasis: Text,
  conditions: Text,
  confirmedUntil: Word.nullish(),
  reserveFloor: Amount,
  noticeWeeks: Amount,
  recallClause: Text,
})
export type OfferDraft = z.infer<typeof OfferDraft>

/** A request as far as it has been written. */
export const RequestDraft = z.object({
  ...common,
  requiredCompetences: Words,
  preferredCompetences: Words,
  licenceRequired: z.boolean().nullish(),
  least: Amount,
  periodFixed: z.boolean().nullish(),
  cause: z.enum(requestCauses).nullish(),
  ifNobodyHelps: Text,
  planLink: freeText(500).nullish(),
  highestOrePerHour: Amount,
})
export type RequestDraft = z.infer<typeof RequestDraft>
