import { error, redirect } from '@sveltejs/kit'
import { addDays } from '@samkraft/kernel'
import type { ArrangementView } from '@samkraft/contracts/arrangements'
import { moveAt } from '#lib/arrangements/move-pages.ts'
import { format, m } from '#lib/i18n.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { actOnArrangement, isStale } from '#lib/server/arrangements/act.ts'
import { besideCurrent } from '#lib/server/arrangements/beside-current.ts'
import { makeMove } from '#lib/server/arrangements/make-move.ts'
import { arrangementHead } from '#lib/server/arrangements/page.ts'
import { obstacleWords } from '#lib/server/arrangements/said.ts'
import { readTerms, type TypedTerms } from '#lib/server/arrangements/terms.ts'
import { conditionsFor, type ConditionsOf, newlyOf, offerOf, termsSaid } from '#lib/server/arrangements/terms-said.ts'
import type { Form } from '#lib/server/form.ts'
import { termsFields } from '#lib/server/arrangements/terms-fields.ts'
import type { Actions, PageServerLoad } from './$types'

// Not live: a form keeps the version its reader saw, so that one that comes too late is told what happened.
export const load: PageServerLoad = async ({ params, locals }) => {
  const move = moveAt(params.move)
  if (!move) error(404, m.error_page_not_found())
  const { arrangement, title, inShort, nameOf } = await arrangementHead(locals, params.id)
  const { id, version, moves, terms } = arrangement
  const conditionsOf = conditionsFor(locals.services, arrangement)
  const said =
    move === 'decide' || move === 'revise'
      ? await termsSaid(locals.services, arrangement, { nameOf, conditionsOf })
      : null
  const reason = moves.find((one) => one.move === move)?.reason
  return {
    move,
    title,
    inShort,
    arrangement: { id, version },
    obstacle: reason === null ? null : obstacleWords[reason ?? 'not_possible_now'](),
    organisation: locals.actor?.organisation.name ?? '',
    terms: termsFields(arrangement, nameOf),
    place: terms.place,
    rationale: terms.rationale,
    /** An authority decides about the terms as they stand: they are in sight. */
    decided: move === 'decide' ? said : null,
    /** What new terms had better do away with. */
    warnings: move === 'revise' ? (said?.warnings ?? []) : [],
    newly: move === 'revise' ? await newlyOf(arrangement, conditionsOf) : [],
    /** The first day of what ends before it has begun; null otherwise. */
    begins: move === 'end' && arrangement.status === 'approved' ? arrangement.period.from : null,
    /** The last day that is decided already; null otherwise. */
    ending: move === 'end' ? arrangement.endsOn : null,
    notice: move === 'end' ? await noticeSaid(locals.services, arrangement, conditionsOf) : null,
  }
}

/** How long notice is asked for, and the day that leads to from today; null when none is. */
async function noticeSaid(
  services: App.Locals['services'],
  arrangement: ArrangementView,
  conditionsOf: ConditionsOf,
): Promise<string | null> {
  const [kept, offer] = await Promise.all([conditionsOf(arrangement.terms), offerOf(services, arrangement)])
  const weeks = (kept ?? offer?.details)?.noticeWeeks ?? 0
  if (weeks === 0) return null
  return m.end_notice({ weeks: m.weeks_count({ count: weeks }), date: addDays(format.dateOf(new Date()), 7 * weeks) })
}

export const actions: Actions = {
  default: async (event) => {
    const { id, move: slug } = event.params
    const move = moveAt(slug)
    if (!move) error(404, m.error_page_not_found())
    let typed: TypedTerms | null = null
    const run = async (form: Form) => {
      if (move === 'revise') typed = readTerms(form)
      await makeMove(event.locals.services, move, id, form)
      redirect(303, withQuery(paths.arrangement(id), { gjort: move }))
    }
    const answer = await actOnArrangement(event, run, move)
    return typed && isStale(answer) ? besideCurrent(event.locals, id, answer, typed) : answer
  },
}
