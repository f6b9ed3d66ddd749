import { ConfirmOffer } from '@samkraft/contracts/marketplace'
import { redirect, type RequestEvent } from '@sveltejs/kit'
import type { FormState } from '#lib/form.ts'
import { act, type Form } from '../form.ts'
import { besideFields } from './check.ts'
import type { Kind, Left } from './kind.ts'
import { offerKind } from './offer-kind.ts'

type Event = RequestEvent<{ id: string }>

/** What the owner does with one that is published, from its own page. */
export function ownActions(kind: Kind) {
  const move = (name: 'pause' | 'resume' | 'withdraw') => (event: Event) =>
    run(kind, event, name, (form, seen) => kind.api(event.locals.services)[name](form, seen))
  return {
    pause: move('pause'),
    resume: move('resume'),
    withdraw: move('withdraw'),
    /** A new draft that says the same, for when the old one is over or another is needed. How long one stood by the old is of that alone. */
    copy: (event: Event) =>
      act(event, {}, async (form): Promise<FormState> => {
        const { details } = await kind.api(event.locals.services).draft(event.params.id)
        const left = await kind
          .api(event.locals.services)
          .save(form, { details: { ...details, confirmedUntil: undefined } })
        redirect(303, kind.paths.step(left.id, kind.steps[1] ?? ''))
      }),
  }
}

/** The owner stands by the offer for longer. */
export function confirmOffer(event: Event) {
  return run(offerKind, event, 'confirm', (form, { id, version }) => {
    const input = form.input(ConfirmOffer, {
      offerId: id,
      version,
      until: form.flag('chosen') ? form.date('until') : undefined,
    })
    return event.locals.services.marketplace.offer.confirm.mutate(input)
  })
}

function run(
  kind: Kind,
  event: Event,
  done: string,
  call: (form: Form, seen: { id: string; version: unknown }) => Promise<Left>,
) {
  return act(event, { labels: kind.labels }, async (form): Promise<FormState> => {
    const { id } = event.params
    await besideFields(kind, form, '', () => call(form, { id, version: form.number('version') }))
    redirect(303, `${kind.paths.one(id)}?gjort=${done}`)
  })
}
