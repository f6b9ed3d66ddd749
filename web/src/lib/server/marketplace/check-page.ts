import { redirect, type RequestEvent } from '@sveltejs/kit'
import { controlId, type FormState } from '#lib/form.ts'
import { m } from '#lib/i18n.ts'
import { act, inOrder, labelOf, Unfit } from '../form.ts'
import { misfitSentence } from '../misfit.ts'
import { refusal } from '../refusal.ts'
import { checkStep, openDraft } from './draft-step.ts'
import { stepOf, type Draft, type Kind } from './kind.ts'
import { lookupsOf } from './lookups.ts'
import { mayPublish } from './moves.ts'
import { inWords } from './placed.ts'
import { progressOf } from './step-page.ts'

/** Fields that say nothing when they are empty: they are only asked for when another answer calls for them. */
const onlyWhenAsked = new Set(['totalHours', 'travelKm', 'orePerHour', 'slice'])

/** All answers of a draft to check before it is published, each with where to change it, and what is still in the way. */
export async function checkPage(kind: Kind, event: RequestEvent, id: string) {
  const draft = await openDraft(kind, event, id)
  const answers = kind.answersOf(draft.details, await lookupsOf(event.locals))
  const sections = kind.steps.map((step) => ({
    step,
    title: kind.sectionOf(step),
    rows: kind
      .fieldsOf(step)
      .filter((field) => answers[field] !== null || !onlyWhenAsked.has(field) || isInTheWay(draft, field))
      .map((field) => ({
        term: kind.terms[field]?.() ?? field,
        text: answers[field] ?? null,
        change: placeOf(kind, draft, field),
      })),
  }))
  return {
    id,
    version: draft.version,
    position: m.step_of({ number: kind.steps.length + 1, count: kind.steps.length + 1 }),
    sections,
    problems: problemsOf(kind, draft),
    refused: mayPublish(event.locals.actor),
    progress: progressOf(kind, checkStep, draft),
  }
}

/** Publishes a draft as it was saved, and shows what happens next. */
export function publishDraft(kind: Kind, event: RequestEvent, id: string) {
  return act(event, { labels: kind.terms }, async (form): Promise<FormState> => {
    const publish = () => kind.api(event.locals.services).publish(form, { id, version: form.number('version') })
    const left = await publish().catch((cause: unknown) => {
      // The page says which answers are in the way: it is read anew.
      if (refusal(cause)?.code === `${kind.noun}.incomplete`) throw new Unfit([])
      throw cause
    })
    redirect(303, kind.paths.published(left.id))
  })
}

/** Throws a draft away. */
export function discardDraft(kind: Kind, event: RequestEvent, id: string) {
  return act(event, {}, async (form): Promise<FormState> => {
    await kind.api(event.locals.services).discard(form, { id, version: form.number('version') })
    redirect(303, kind.paths.mine)
  })
}

function problemsOf(kind: Kind, draft: Draft) {
  const problems = Object.entries(draft.problems).map(([field, misfit]) => ({ field, misfit }))
  return inOrder(kind.terms, problems).map(({ field, misfit }) => ({
    label: labelOf(kind.terms, field),
    text: misfitSentence(inWords(field, misfit)),
    href: placeOf(kind, draft, field),
  }))
}

function isInTheWay(draft: Draft, field: string): boolean {
  return Object.keys(draft.problems).some((path) => path.split('.')[0] === field)
}

/** The control where an answer is changed; the page comes back here afterwards. */
function placeOf(kind: Kind, draft: Draft, path: string): string {
  const step = stepOf(kind, path) ?? kind.steps[0] ?? ''
  const control = path === 'segments' ? 'segments.0.period.from' : path
  return `${kind.paths.step(draft.id, step)}?till=${checkStep}#${controlId(control)}`
}
