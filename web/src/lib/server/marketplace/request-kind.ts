import {
  ChangeRequest,
  DiscardRequestDraft,
  PauseRequest,
  PublishRequest,
  RequestDetails,
  RequestDraft,
  ResumeRequest,
  SaveRequestDraft,
  WithdrawRequest,
} from '@samkraft/contracts/marketplace'
import {
  isRequestStep,
  requestFieldLabels,
  requestFieldWords,
  type RequestStep,
  requestSteps,
  requestSectionTitles,
  requestStepFields,
  requestStepTitles,
} from '#lib/marketplace/request-steps.ts'
import { myRequestTitle } from '#lib/marketplace/words.ts'
import { paths } from '#lib/paths.ts'
import type { FormInput } from '../form-input.ts'
import { answersOf, requestAnswers } from './answers.ts'
import { type Details, type Kind, stretchLabels } from './kind.ts'
import { readExtent } from './read-extent.ts'

const readers: Readonly<Record<RequestStep, (form: FormInput) => Details>> = {
  kompetens: (form) => ({
    requiredCompetences: form.all('requiredCompetences'),
    preferredCompetences: form.all('preferredCompetences'),
    level: form.optional('level'),
    licenceRequired: form.flag('licenceRequired'),
  }),
  omfattning: (form) => ({
    ...readExtent(form),
    least: form.number('least'),
    periodFixed: form.flag('periodFixed'),
    openUntil: form.date('openUntil') ?? null,
  }),
  plats: (form) => ({
    place: form.optional('place'),
    placeMunicipality: form.text('place') === 'remote' ? null : form.nullable('placeMunicipality'),
  }),
  orsak: (form) => ({
    cause: form.optional('cause'),
    ifNobodyHelps: form.nullable('ifNobodyHelps'),
    planLink: form.nullable('planLink'),
  }),
  beskrivning: (form) => ({
    title: form.nullable('title'),
    description: form.nullable('description'),
    languages: form.all('languages'),
    focusAreas: form.all('focusAreas'),
    highestOrePerHour: form.ore('highestOrePerHour') ?? null,
  }),
}

export const requestKind: Kind = {
  noun: 'request',
  steps: requestSteps,
  fieldsOf: (step) => (isRequestStep(step) ? requestStepFields[step] : []),
  titleOf: (step) => (isRequestStep(step) ? requestStepTitles[step]() : ''),
  sectionOf: (step) => (isRequestStep(step) ? requestSectionTitles[step]() : ''),
  labels: { ...requestFieldLabels, ...stretchLabels },
  terms: { ...requestFieldWords, ...stretchLabels },
  read: (form, step) => (isRequestStep(step) ? readers[step](form) : {}),
  answersOf: (details, look) => answersOf(requestAnswers, RequestDraft.parse(details), look),
  schema: RequestDetails,
  draftSchema: RequestDraft,
  blanks: {
    requiredCompetences: ['another'],
    segments: [{ period: { from: '2099-01-01', to: '2099-12-31' }, hoursPerWeek: 400 }],
    least: 0.25,
    place: 'on_site',
    cause: 'project',
  },
  paths: {
    mine: paths.myRequests,
    one: paths.request,
    step: paths.newRequestStep,
    published: paths.requestPublished,
  },
  api: ({ marketplace: { request } }) => ({
    draft: (requestId) => request.draftGet.query({ requestId }),
    lastDraft: async () => {
      const { items } = await request.mine.query({ statuses: ['draft'], begunByMe: true, limit: 1 })
      return items.map((one) => ({ id: one.id, title: myRequestTitle(one), changedAt: one.changedAt }))[0]
    },
    save: (form, { id, version, details }) =>
      request.saveDraft.mutate(form.input(SaveRequestDraft, { requestId: id, version, details })),
    discard: (form, { id, version }) =>
      request.discardDraft.mutate(form.input(DiscardRequestDraft, { requestId: id, version })),
    publish: (form, { id, version }) => request.publish.mutate(form.input(PublishRequest, { requestId: id, version })),
    change: (form, { id, version, details }) =>
      request.change.mutate(form.input(ChangeRequest, { requestId: id, version, details })),
    pause: (form, { id, version }) => request.pause.mutate(form.input(PauseRequest, { requestId: id, version })),
    resume: (form, { id, version }) => request.resume.mutate(form.input(ResumeRequest, { requestId: id, version })),
    withdraw: (form, { id, version }) =>
      request.withdraw.mutate(form.input(WithdrawRequest, { requestId: id, version })),
  }),
}
