import { error, type RequestEvent } from '@sveltejs/kit'
import { format, m } from '#lib/i18n.ts'
import { checkStep } from './draft-step.ts'
import { type Details, type Draft, type Kind, stepOf } from './kind.ts'
import { municipalitiesOf, vocabulary } from './lookups.ts'
import { mayPublish } from './moves.ts'

/** What a page that asks one group of questions needs, for a new draft (null) or one that is kept. */
export async function stepPage(kind: Kind, event: RequestEvent, step: string, draft: Draft | null) {
  const number = kind.steps.indexOf(step) + 1
  if (number === 0) error(404, m.error_page_not_found())
  const refused = mayPublish(event.locals.actor)
  if (refused) error(403, refused)
  return {
    ...(await questions(event, step, draft?.details ?? {})),
    id: draft?.id ?? null,
    version: draft?.version ?? null,
    position: m.step_of({ number, count: kind.steps.length + 1 }),
    title: kind.titleOf(step),
    back: event.url.searchParams.get('till') === checkStep ? checkStep : '',
    before: draft && beforeOf(kind, step, draft),
    progress: progressOf(kind, step, draft),
  }
}

/** Whether a draft saved then may be what somebody who comes to the first page now is looking for: for half an hour. */
export function wasSavedJustBefore(saved: string, now: Date): boolean {
  return now.getTime() - Date.parse(saved) <= 30 * 60_000
}

/**
 * The page of the first questions, where a draft begins. It is left behind in the history, empty: whoever goes back to it
 * without script is told of the draft that was just saved, and does not begin another by mistake.
 */
export async function firstPage(kind: Kind, event: RequestEvent, step: string) {
  const [page, last] = await Promise.all([
    stepPage(kind, event, step, null),
    kind.api(event.locals.services).lastDraft(),
  ])
  if (!last || !wasSavedJustBefore(last.changedAt, new Date())) return { ...page, begun: null }
  const begun = { href: kind.paths.step(last.id, step), title: last.title, clock: format.clock(last.changedAt) }
  return { ...page, begun }
}

/** The page before this one; the first has none. */
function beforeOf(kind: Kind, step: string, draft: Draft) {
  const before = kind.steps[kind.steps.indexOf(step) - 1]
  return before === undefined ? null : { href: kind.paths.step(draft.id, before), label: kind.titleOf(before) }
}

/** What the questions of a step show: what is said already, and what there is to choose among. */
export async function questions({ locals }: Pick<RequestEvent, 'locals'>, step: string, details: Details) {
  const { services, actor } = locals
  const county = actor?.organisation.countyCode
  const [competences, municipalities] = await Promise.all([
    step === 'kompetens' || step === 'beskrivning' ? vocabulary(services) : [],
    step === 'plats' && county ? municipalitiesOf(services, county) : [],
  ])
  return { step, details, competences, municipalities, ownPlace: actor?.organisation.shortName ?? '' }
}

/** Whether a page has been sent or written on; words that no competence is known for are in the description before it has. */
function isAnswered(kind: Kind, step: string, { details }: Draft): boolean {
  return kind.fieldsOf(step).some((field) => field !== 'description' && field in details)
}

/** The steps as a list of links; those after the first need a draft to stand on. */
export function progressOf(kind: Kind, current: string, draft: Draft | null) {
  const lacking = new Set(Object.keys(draft?.problems ?? {}).map((path) => stepOf(kind, path)))
  const steps = kind.steps.map((step) => ({
    title: kind.titleOf(step),
    href: draft && kind.paths.step(draft.id, step),
    current: step === current,
    complete: draft !== null && !lacking.has(step) && isAnswered(kind, step, draft),
  }))
  const check = {
    title: m.step_check(),
    href: draft && kind.paths.step(draft.id, checkStep),
    current: current === checkStep,
    complete: false,
  }
  return [...steps, check]
}
