import {
  ChangeOffer,
  DiscardOfferDraft,
  OfferDetails,
  OfferDraft,
  PauseOffer,
  PublishOffer,
  ResumeOffer,
  SaveOfferDraft,
  WithdrawOffer,
} from '@samkraft/contracts/marketplace'
import { m } from '#lib/i18n.ts'
import {
  isOfferStep,
  offerFieldLabels,
  offerFieldWords,
  type OfferStep,
  offerSteps,
  offerSectionTitles,
  offerStepFields,
  offerStepTitles,
} from '#lib/marketplace/offer-steps.ts'
import { myOfferTitle } from '#lib/marketplace/words.ts'
import { paths } from '#lib/paths.ts'
import type { FormInput } from '../form-input.ts'
import { answersOf, offerAnswers } from './answers.ts'
import { type Details, type Kind, stretchLabels } from './kind.ts'
import { readExtent } from './read-extent.ts'

const readers: Readonly<Record<OfferStep, (form: FormInput) => Details>> = {
  kompetens: (form) => ({
    kind: form.optional('kind'),
    mainCompetence: form.optional('mainCompetence'),
    otherCompetences: form.all('otherCompetences'),
    level: form.optional('level'),
    licence: form.optional('licence'),
  }),
  omfattning: (form) => {
    const extent = readExtent(form)
    return {
      ...extent,
      slice: extent.segments.length === 0 ? null : (form.number('slice') ?? null),
      openUntil: form.date('openUntil') ?? null,
      confirmedUntil: form.date('confirmedUntil') ?? null,
    }
  },
  plats: (form) => ({
    place: form.optional('place'),
    placeMunicipality: form.text('place') === 'remote' ? null : form.nullable('placeMunicipality'),
    travelKm: form.text('place') === 'remote' ? null : (form.number('travelKm') ?? null),
  }),
  kostnad: (form) => ({
    costModel: form.optional('costModel'),
    orePerHour: form.text('costModel') === 'none' ? null : (form.ore('orePerHour') ?? null),
    costBasis: form.nullable('costBasis'),
    conditions: form.nullable('conditions'),
  }),
  skydd: (form) => ({
    reserveFloor: form.number('reserveFloor'),
    noticeWeeks: form.number('noticeWeeks'),
    recallClause: form.nullable('recallClause'),
  }),
  beskrivning: (form) => ({
    title: form.nullable('title'),
    description: form.nullable('description'),
    languages: form.all('languages'),
    focusAreas: form.all('focusAreas'),
  }),
}

export const offerKind: Kind = {
  noun: 'offer',
  steps: offerSteps,
  fieldsOf: (step) => (isOfferStep(step) ? offerStepFields[step] : []),
  titleOf: (step) => (isOfferStep(step) ? offerStepTitles[step]() : ''),
  sectionOf: (step) => (isOfferStep(step) ? offerSectionTitles[step]() : ''),
  labels: { ...offerFieldLabels, ...stretchLabels, until: m.field_confirmed_until },
  terms: { ...offerFieldWords, ...stretchLabels },
  read: (form, step) => (isOfferStep(step) ? readers[step](form) : {}),
  answersOf: (details, look) => answersOf(offerAnswers, OfferDraft.parse(details), look),
  schema: OfferDetails,
  draftSchema: OfferDraft,
  blanks: {
    kind: 'competence',
    mainCompetence: 'another',
    licence: 'none',
    segments: [{ period: { from: '2099-01-01', to: '2099-12-31' }, hoursPerWeek: 400 }],
    slice: 0.25,
    place: 'on_site',
    travelKm: 0,
    costModel: 'mixed',
  },
  paths: {
    mine: paths.myOffers,
    one: paths.offer,
    step: paths.newOfferStep,
    published: paths.offerPublished,
  },
  api: ({ marketplace: { offer } }) => ({
    draft: (offerId) => offer.draftGet.query({ offerId }),
    lastDraft: async () => {
      const { items } = await offer.mine.query({ statuses: ['draft'], begunByMe: true, limit: 1 })
      return items.map((one) => ({ id: one.id, title: myOfferTitle(one), changedAt: one.changedAt }))[0]
    },
    save: (form, { id, version, details }) =>
      offer.saveDraft.mutate(form.input(SaveOfferDraft, { offerId: id, version, details })),
    discard: (form, { id, version }) =>
      offer.discardDraft.mutate(form.input(DiscardOfferDraft, { offerId: id, version })),
    publish: (form, { id, version }) => offer.publish.mutate(form.input(PublishOffer, { offerId: id, version })),
    change: (form, { id, version, details }) =>
      offer.change.mutate(form.input(ChangeOffer, { offerId: id, version, details })),
    pause: (form, { id, version }) => offer.pause.mutate(form.input(PauseOffer, { offerId: id, version })),
    resume: (form, { id, version }) => offer.resume.mutate(form.input(ResumeOffer, { offerId: id, version })),
    withdraw: (form, { id, version }) => offer.withdraw.mutate(form.input(WithdrawOffer, { offerId: id, version })),
  }),
}
