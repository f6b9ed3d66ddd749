import { ComputePlan } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'
import { percentOf, planTitle } from '#lib/plans/words.ts'
import type { Form } from '../form.ts'
import { organisationNames } from '../organisation-names.ts'
import type { Services } from '../services.ts'

/** What the fields of the forms about plans are called, in the order they stand there. */
export const planLabels: Readonly<Record<string, () => string>> = {
  fairness: m.plan_fairness,
  mostProviders: m.plan_most_providers,
  name: m.plan_save_name,
  hoursPerWeek: m.plan_pair_lock,
  rows: m.plan_rows_label,
  rationale: m.plan_propose_rationale,
}

/** The coordinator's plans, newest first, with what each comes to when as much help as possible is given. */
export async function plansPage(services: Services, cursor: string | null) {
  const { items, next } = await services.matching.plan.list.query({ cursor: cursor ?? undefined, limit: 20 })
  const nameOf = await organisationNames(
    services,
    items.flatMap(({ alternatives }) => alternatives.flatMap(({ figures }) => figures.worstOff?.organisationId ?? [])),
  )
  return {
    cursor,
    next,
    rows: items.map(({ planId, state, alternatives, locks, exclusions, name, createdAt }) => {
      const figures = alternatives[0]?.figures
      return {
        id: planId,
        title: planTitle({ name, createdAt }),
        made: name === null ? null : format.instant(createdAt),
        state,
        given: figures
          ? m.plan_given_value({
              hours: format.number(figures.hoursGiven),
              asked: format.number(figures.hoursAsked),
              percent: percentOf(figures.hoursAsked > 0 ? figures.hoursGiven / figures.hoursAsked : 0),
            })
          : '–',
        worst: figures?.worstOff
          ? m.plan_worst_off_value({
              percent: percentOf(figures.worstOff.coverage),
              name: nameOf(figures.worstOff.organisationId).shortName,
            })
          : '–',
        decided: format.number(locks + exclusions),
      }
    }),
  }
}

/** The settings of a plan as the form gives them. */
export function readSettings(form: Form, basedOn: string | null) {
  // The service has defaults for callers who do not care; a form that lacks its fields is not this form.
  return form.input(ComputePlan, {
    fairness: form.number('fairness') ?? '',
    mayDifferBetweenTerms: form.flag('mayDifferBetweenTerms'),
    mostProviders: form.number('mostProviders') ?? '',
    basedOn,
  })
}
