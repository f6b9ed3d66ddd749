import type { CompetenceName } from '@samkraft/contracts/marketplace'
import { error, redirect, type RequestEvent } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import type { Details, Kind } from './kind.ts'
import { lookupsFrom } from './lookups.ts'
import { isOpenTo, mayPublish } from './moves.ts'
import { questions } from './step-page.ts'

/** Fields that are shown by themselves on the page of a published one, or only count when another one does. */
const shownElsewhere = new Set(['title', 'description', 'ifNobodyHelps', 'planLink'])
/** Answers that say nothing to a reader. */
const sayNothing: Details = { level: 'any', licence: 'none', licenceRequired: false }

/** What a published one says, and the names that it carries itself. */
type Published = Readonly<{
  details: Details
  owner: { shortName: string }
  at: { code: string; name: string } | null
  competences: readonly CompetenceName[]
}>

/** What a published one says, in words, grouped as it was asked for; what was left empty is left out. */
export function saidSections(kind: Kind, { details, owner, at, competences }: Published) {
  const answers = kind.answersOf(details, lookupsFrom(competences, at ? [at] : [], owner.shortName))
  return kind.steps
    .map((step) => ({
      step,
      title: kind.sectionOf(step),
      facts: kind.fieldsOf(step).flatMap((field) => {
        const text = answers[field]
        return text && !shownElsewhere.has(field) && details[field] !== sayNothing[field]
          ? [{ term: kind.terms[field]?.() ?? field, text }]
          : []
      }),
    }))
    .filter(({ facts }) => facts.length > 0)
}

/** One page of what a published one says, to be changed by its owner; what cannot be changed any more has its own page. */
export async function changePage(kind: Kind, event: RequestEvent, id: string, step: string) {
  if (!kind.steps.includes(step)) error(404, m.error_page_not_found())
  const refused = mayPublish(event.locals.actor)
  if (refused) error(403, refused)
  const { version, status, details } = await kind.api(event.locals.services).draft(id)
  // A form that was sent is shown again, with why it was refused.
  if (event.request.method !== 'POST' && !isOpenTo('change', status))
    redirect(303, status === 'draft' ? kind.paths.step(id, step) : kind.paths.one(id))
  return { ...(await questions(event, step, details)), version, title: kind.titleOf(step) }
}
