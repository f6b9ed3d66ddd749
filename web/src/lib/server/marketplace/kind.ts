import type { Dates, Status } from '@samkraft/contracts/marketplace'
import type { z } from 'zod'
import { m } from '#lib/i18n.ts'
import type { Form } from '../form.ts'
import type { FormInput } from '../form-input.ts'
import type { Misfits } from '../misfit.ts'
import type { Services } from '../services.ts'
import type { Lookups } from './lookups.ts'

/** What an offer or a request says, by field, as far as it has been said. */
export type Details = Readonly<Record<string, unknown>>

/** One of the own as it is being written. */
export type Draft = Readonly<{
  id: string
  version: number
  status: Status
  details: Details
  /** What is in the way of publishing it, by field path. */
  problems: Misfits
  changedAt: string
}>

export type Left = Readonly<{ id: string; version: number; reference: string | null }>

/** Which one, as its author saw it. */
type Seen = Readonly<{ id: string; version: unknown }>

/**
 * What tells the pages of offers from those of requests. How either is drafted, checked, published and changed is
 * written once, for both.
 */
export type Kind = Readonly<{
  noun: 'offer' | 'request'
  steps: readonly string[]
  fieldsOf: (step: string) => readonly string[]
  /** The question a step asks. */
  titleOf: (step: string) => string
  /** The same group to somebody who reads it. */
  sectionOf: (step: string) => string
  /** What is asked, in the words beside each input: by field, and by the path of an input where they differ. */
  labels: Readonly<Record<string, () => string>>
  /** The same to somebody who reads the answers: a word or two. */
  terms: Readonly<Record<string, () => string>>
  /** What a step's form says, by field; null for what was left empty and may be, undefined for what may not. */
  read: (form: FormInput, step: string) => Details
  /** How each field reads; null while it is not answered. */
  answersOf: (details: Details, look: Lookups) => Readonly<Record<string, string | null>>
  /** What must hold before it is published. */
  schema: z.ZodType
  draftSchema: z.ZodType<Dates>
  /** Something that fits, for what other steps will ask: so that one step can be checked alone. */
  blanks: Details
  paths: Readonly<{
    mine: string
    one: (id: string) => string
    step: (id: string, step: string) => string
    published: (id: string) => string
  }>
  api: (services: Services) => Api
}>

/** What a list says of a draft. */
export type Listed = Readonly<{ id: string; title: string; changedAt: string }>

/** The drafts of the organisation and the commands on them and on published ones, the same for both nouns. Each refuses what its schema does not take. */
export type Api = Readonly<{
  draft: (id: string) => Promise<Draft>
  /** Of the drafts the reader has begun the one that was changed last, if there is one. */
  lastDraft: () => Promise<Listed | undefined>
  save: (form: Form, draft: { id?: string; version?: unknown; details: Details }) => Promise<Left>
  discard: (form: Form, seen: Seen) => Promise<unknown>
  publish: (form: Form, seen: Seen) => Promise<Left>
  change: (form: Form, seen: Seen & { details: Details }) => Promise<Left>
  pause: (form: Form, seen: Seen) => Promise<Left>
  resume: (form: Form, seen: Seen) => Promise<Left>
  withdraw: (form: Form, seen: Seen) => Promise<Left>
}>

/** Inputs that a stretch of hours has, which are called the same where they are asked for and where they are read. */
export const stretchLabels: Kind['labels'] = {
  'segments.*.period.from': m.field_period_from,
  'segments.*.period.to': m.field_period_to,
  'segments.*.hoursPerWeek': m.field_hours_per_week,
}

/** The step a field is asked for in. */
export function stepOf(kind: Kind, path: string): string | undefined {
  const field = path.split('.')[0] ?? ''
  return kind.steps.find((step) => kind.fieldsOf(step).includes(field))
}
