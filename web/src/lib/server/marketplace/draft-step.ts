import { error, json, redirect, type RequestEvent } from '@sveltejs/kit'
import type { FormState } from '#lib/form.ts'
import { format, m } from '#lib/i18n.ts'
import { act, type Form, Overtaken } from '../form.ts'
import { besideFields, mustBeReadable, mustFitStep, mustFitWhole, readable } from './check.ts'
import { refusal } from '../refusal.ts'
import { tellingConflict } from './conflict.ts'
import { findCompetence, shownAgain, withWordsAsText, withWordsChosen } from './find-competence.ts'
import { type Draft, type Kind, stepOf } from './kind.ts'
import { stretchNumbers } from './read-extent.ts'

/** The page after the last step, where answers are checked. */
export const checkStep = 'kontrollera'

/** One of the own drafts; one that has been published has its own page. */
export async function openDraft(kind: Kind, { locals }: RequestEvent, id: string): Promise<Draft> {
  const draft = await kind.api(locals.services).draft(id)
  if (draft.status !== 'draft') redirect(303, kind.paths.one(id))
  return draft
}

/**
 * The same for a page of questions. A form that was sent to it is shown again as it was typed, also when the draft is none any more, or is
 * no more (null).
 */
export function openStep(kind: Kind, event: RequestEvent, id: string): Promise<Draft | null> {
  return event.request.method === 'POST' ? draftIfThere(kind, event, id) : openDraft(kind, event, id)
}

async function draftIfThere(kind: Kind, { locals }: RequestEvent, id: string): Promise<Draft | null> {
  try {
    return await kind.api(locals.services).draft(id)
  } catch (cause) {
    if (refusal(cause)?.kind !== 'not_found') throw cause
    return null
  }
}

/** One of the own drafts to write on; whoever is late for that is told that it has been published or thrown away, beside what they typed. */
async function draftToWriteOn(kind: Kind, event: RequestEvent, id: string): Promise<Draft> {
  const draft = await draftIfThere(kind, event, id)
  if (!draft) throw new Overtaken(`${kind.noun}.gone`, { gone: true })
  if (draft.status !== 'draft') throw new Overtaken(`${kind.noun}.stale`, { published: kind.paths.one(id) })
  return draft
}

/** Where one goes on writing: the first page something is missing on, or the last. */
export function firstUnfinished(kind: Kind, { problems }: Draft): string {
  const lacking = new Set(Object.keys(problems).map((path) => stepOf(kind, path)))
  return kind.steps.find((step) => lacking.has(step)) ?? checkStep
}

/** Keeps what a step says and goes on to the next; without an id it begins the draft, and anew where that was thrown away meanwhile. */
export async function saveStep(kind: Kind, event: RequestEvent, step: string, draftId?: string) {
  if (!kind.steps.includes(step)) error(404, m.error_page_not_found())
  return act(event, { labels: kind.labels }, async (form): Promise<FormState> => {
    const more = await moreOnThePage(event, form)
    if (more) return more
    const id = form.flag('anew') ? undefined : draftId
    const { typed, asText } = await withWordsChosen(event, form, kind.read(form, step))
    const before = id === undefined ? {} : (await draftToWriteOn(kind, event, id)).details
    const later = form.flag('later')
    if (later) mustBeReadable(kind, form, typed)
    else mustFitStep(kind, form, step, before, typed)
    const version = id === undefined ? undefined : form.number('version')
    const details = withWordsAsText({ ...before, ...typed }, asText)
    const save = () => kind.api(event.locals.services).save(form, { id, version, details })
    const left = await tellingConflict(kind, event, { step, typed }, save)
    redirect(303, later ? kind.paths.mine : kind.paths.step(left.id, nextOf(kind, step, form.text('back'))))
  })
}

/** Keeps what is being typed, as far as it can be read; answers as JSON for the script on the page. */
export async function keepStep(kind: Kind, event: RequestEvent, step: string, id: string): Promise<Response> {
  if (!kind.steps.includes(step)) error(404, m.error_page_not_found())
  const answer = await act(event, { labels: kind.labels }, async (form) => {
    const before = await draftToWriteOn(kind, event, id)
    const details = { ...before.details, ...readable(kind, kind.read(form, step)) }
    const said = before.version === form.number('version') && JSON.stringify(details) === JSON.stringify(before.details)
    const { version } = said
      ? before
      : await kind.api(event.locals.services).save(form, { id, version: form.number('version'), details })
    return { version, clock: format.clock(new Date()) }
  })
  return 'clock' in answer ? json(answer) : json({ code: answer.data.code }, { status: answer.status })
}

/** Changes what a published one says on one page. */
export async function changeStep(kind: Kind, event: RequestEvent, id: string, step: string) {
  if (!kind.steps.includes(step)) error(404, m.error_page_not_found())
  return act(event, { labels: kind.labels }, async (form): Promise<FormState> => {
    const more = await moreOnThePage(event, form)
    if (more) return more
    const { typed, asText } = await withWordsChosen(event, form, kind.read(form, step))
    const { details: before } = await kind.api(event.locals.services).draft(id)
    mustFitWhole(kind, form, step, before, typed)
    const details = withWordsAsText({ ...before, ...typed }, asText)
    const change = () => kind.api(event.locals.services).change(form, { id, version: form.number('version'), details })
    await tellingConflict(kind, event, { step, typed }, () => besideFields(kind, form, step, change))
    redirect(303, `${kind.paths.one(id)}?gjort=change`)
  })
}

/** The page again with more on it, when that is what was asked for: a search, another period. Nothing is kept then. */
async function moreOnThePage(event: RequestEvent, form: Form): Promise<FormState | null> {
  const find = form.optional('find')
  if (find !== undefined) return findCompetence(event, form, find)
  const stretches = stretchNumbers(form).length
  if (form.flag('add')) return shownAgain(event, form, { stretches: stretches + 1 })
  if (!form.flag('remove') || stretches === 1) return null
  const last = `segments.${stretches - 1}.`
  const kept = Object.fromEntries(Object.entries(form.kept).filter(([name]) => !name.startsWith(last)))
  return { ...shownAgain(event, form, { stretches: stretches - 1 }), values: kept }
}

function nextOf(kind: Kind, step: string, back: string): string {
  const following = kind.steps[kind.steps.indexOf(step) + 1]
  return back === checkStep ? checkStep : (following ?? checkStep)
}
