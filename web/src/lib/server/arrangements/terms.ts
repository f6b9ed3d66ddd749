import type { Form } from '../form.ts'

/** The terms as a form sends them: shares by their number, as many as were shown. */
export function readTerms(form: Form) {
  return {
    shares: form.all('requestId').map((requestId, index) => ({
      requestId,
      hoursPerWeek: form.number(`shares.${index}.hoursPerWeek`),
      period: form.period(`shares.${index}.period`),
    })),
    place: form.optional('place'),
    rationale: form.text('rationale'),
    message: form.text('message'),
  }
}

export type TypedTerms = ReturnType<typeof readTerms>
