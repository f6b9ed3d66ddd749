import type { ArrangementStatus } from '@samkraft/contracts/arrangements'
import type { OfferDraft, RequestDraft, Status } from '@samkraft/contracts/marketplace'
import type { Role } from '@samkraft/kernel'
import { rolesInWords } from '#lib/identity/words.ts'
import { format, m } from '#lib/i18n.ts'
import { reasonWords, statusWords as arrangementStatusWords } from '#lib/arrangements/words.ts'
import { offerFieldWords } from '#lib/marketplace/offer-steps.ts'
import { requestFieldWords } from '#lib/marketplace/request-steps.ts'
import { statusWords, wordFor } from '#lib/marketplace/words.ts'
import { planStateWords } from '#lib/plans/words.ts'
import { paths } from '#lib/paths.ts'
import { offerAnswers, requestAnswers } from '../marketplace/answers.ts'
import type { Names, Reference } from './names.ts'

/** A line of words, some of which lead somewhere. */
export type Line = readonly (string | Reference)[]

/** What a field is called, and how what it held reads; null when it held nothing. */
export type Field = Readonly<{ label: () => string; say: (value: unknown, names: Names) => readonly Line[] | null }>

export type Fields = Readonly<Record<string, Field | undefined>>

// The log is kept by the services as they wrote it: each `as` below says what the command of that field has written.

const text = (label: () => string): Field => ({ label, say: (value) => lines(String(value)) })
const yesNo = (label: () => string): Field => ({ label, say: (value) => lines(value ? m.yes() : m.no()) })
const word = (label: () => string, words: Readonly<Record<string, () => string>>): Field => ({
  label,
  say: (value) => lines(wordFor(words, String(value))),
})

const shares: Field = {
  label: m.log_field_shares,
  say: (value, names) => (value as readonly Share[]).map((share) => shareLine(share, names)),
}

type Share = Readonly<{
  organisationId: string
  requestId: string
  hoursPerWeek: number
  period: { from: string; to: string }
}>

function shareLine({ organisationId, requestId, hoursPerWeek, period }: Share, names: Names): Line {
  const whole = `: ${format.hours(hoursPerWeek)}, ${format.period(period)} (`
  return [names.organisation(organisationId), whole, { ...names.request(requestId), text: m.log_share_request() }, ')']
}

const technical: Fields = {
  reference: text(m.log_field_reference),
  version: text(m.log_field_version),
}

const people: Fields = {
  roles: { label: m.person_roles, say: (value) => lines(rolesInWords(value as readonly Role[])) },
  disabled: { label: m.person_state_disabled, say: (value) => lines(value ? m.yes() : m.no()) },
  organisationId: { label: m.register_name, say: (value, names) => [[names.organisation(String(value))]] },
  accounts: text(m.log_field_accounts),
}

const held: Fields = {
  arrangementId: {
    label: m.log_field_arrangement,
    say: (value, names) => [[names.arrangement(String(value))]],
  },
  shares,
}

const arrangement: Fields = {
  status: word(m.log_field_status, arrangementStatusWords satisfies Record<ArrangementStatus, unknown>),
  decision: word(m.log_field_decision, { yes: m.yes, no: m.no }),
  delegationReference: text(m.log_field_delegation),
  noConflictOfInterest: yesNo(m.log_field_no_conflict),
  reason: word(m.log_field_reason, reasonWords),
  shares,
  endsOn: text(m.log_field_ends_on),
  diaryNumber: text(m.log_field_diary_number),
  date: text(m.log_field_follow_up),
  revision: text(m.log_field_revision),
  ...technical,
}

const pairs = (label: () => string): Field => ({
  label,
  say: (value) => {
    const count = (value as readonly unknown[]).length
    return count === 0 ? null : lines(m.log_plan_pairs({ count }))
  },
})

const plan: Fields = {
  name: text(m.plan_save_name),
  state: word(m.log_field_plan_state, planStateWords),
  fairness: { label: m.plan_fairness, say: (value) => lines(format.percent(Math.round(Number(value) * 100))) },
  mayDifferBetweenTerms: yesNo(m.plan_by_term),
  mostProviders: text(m.plan_most_providers),
  locks: pairs(m.log_field_plan_locks),
  exclusions: pairs(m.log_field_plan_exclusions),
  basedOn: {
    label: m.log_field_plan_based_on,
    say: (value) => [[{ text: m.log_the_plan(), href: paths.plan(String(value)) }]],
  },
}

const pooledNeed: Fields = {
  competence: { label: m.filter_competence, say: (value, names) => lines(names.competence(String(value))) },
  requests: {
    label: m.log_field_requests,
    say: (value, names) => (value as readonly Pick<Share, 'organisationId' | 'requestId'>[]).map(requestLine(names)),
  },
}

function requestLine(names: Names) {
  return ({ organisationId, requestId }: Pick<Share, 'organisationId' | 'requestId'>): Line => [
    names.organisation(organisationId),
    ' (',
    { ...names.request(requestId), text: m.log_share_request() },
    ')',
  ]
}

function market<Draft extends object>(
  words: Readonly<Record<keyof Draft & string, () => string>>,
  answers: { readonly [Key in keyof Draft]-?: (value: Draft[Key], look: Names['look']) => string | null },
): Fields {
  const status = word(m.log_field_status, statusWords satisfies Record<Status, unknown>)
  const said = (Object.keys(words) as (keyof Draft & string)[]).map((field): [string, Field] => [
    field,
    { label: words[field], say: (value, { look }) => linesOrNone(answers[field](value as Draft[typeof field], look)) },
  ])
  const written: Field = {
    label: m.log_field_written,
    say: (value) => lines((value as readonly string[]).map((field) => wordFor(words, field)).join(', ')),
  }
  return { status, fields: written, ...Object.fromEntries(said), ...held, ...technical }
}

/** The fields the log may speak of, in the order they are told, by what they belong to. */
export const fieldsOf: Readonly<Record<string, Fields | undefined>> = {
  person: people,
  plan,
  invitation: people,
  organisation: people,
  offer: market<OfferDraft>(offerFieldWords, offerAnswers),
  request: market<RequestDraft>(requestFieldWords, requestAnswers),
  arrangement,
  pooled_need: pooledNeed,
}

/** A field nobody has words for reads as it is kept: a log leaves nothing out. */
export function unknownField(name: string): Field {
  return { label: () => name, say: (value) => lines(typeof value === 'string' ? value : JSON.stringify(value)) }
}

function lines(said: string): Line[] {
  return said.split('\n').map((line) => [line])
}

function linesOrNone(said: string | null): Line[] | null {
  return said === null ? null : lines(said)
}
