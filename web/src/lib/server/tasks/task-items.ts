import type { TaskView as ArrangementTask } from '@samkraft/contracts/arrangements'
import type { TaskView as MarketTask } from '@samkraft/contracts/marketplace'
import type { MatchTask } from '@samkraft/contracts/matching'
import { arrangementTitle } from '#lib/arrangements/words.ts'
import { movePages } from '#lib/arrangements/move-pages.ts'
import { format, m } from '#lib/i18n.ts'
import { competenceName } from '#lib/marketplace/words.ts'
import { paths } from '#lib/paths.ts'
import { periodOf, proposingRegion, sharedSaid, whySaid } from '../arrangements/said.ts'

/** One thing that waits for the reader. */
export type TaskItem = Readonly<{
  key: string
  title: string
  /** What it is about, beyond its title. */
  text: string
  /** Where it is done, and what doing it is called. */
  href: string
  action: string
  since: string
  /** The last day; null when none. */
  until: string | null
  overdue: boolean
}>

type NameOf = (slug: string) => string

/** An arrangement that waits for the reader's organisation, where the reader's role can act. */
export function arrangementTask(
  { arrangement, asks, since, until, overdue }: ArrangementTask,
  nameOf: NameOf,
): TaskItem {
  const { id, reference, hoursPerWeek } = arrangement
  const proposer = proposingRegion(arrangement)
  const hours = [format.hours(hoursPerWeek), sharedSaid(arrangement)].filter(Boolean).join(' ')
  const facts = `${hours}, ${format.periodInWeeks(periodOf(arrangement))}`
  return {
    key: `arrangement ${id}`,
    title: arrangementTitle(nameOf(arrangement.competence), arrangement),
    text: [proposer && m.task_proposed_by({ organisation: proposer.name }), facts, reference, whySaid(arrangement)]
      .filter(Boolean)
      .join(' · '),
    ...doing(arrangement, asks),
    since,
    until,
    overdue,
  }
}

function doing(
  { id, revision, reason }: ArrangementTask['arrangement'],
  asks: ArrangementTask['asks'],
): Pick<TaskItem, 'href' | 'action'> {
  if (asks.includes('decide')) return { href: paths.arrangementMove(id, movePages.decide), action: m.tasks_decide() }
  if (asks.includes('approve')) return { href: paths.arrangement(id), action: m.tasks_approve() }
  if (asks.includes('diary_number')) return { href: `${paths.arrangement(id)}#diarienummer`, action: m.tasks_diary() }
  // What came back, and says why, is not the counter-proposal it once was: the one who made that is asked as well.
  const answers = reason === null && revision > 1 ? m.tasks_answer_counter : m.tasks_answer
  return { href: paths.arrangement(id), action: answers() }
}

type Market = Readonly<{
  words: (gap: { title: string }) => string
  href: (id: string) => string
  action: () => string
}>

const market: Readonly<Record<MarketTask['kind'], Market>> = {
  offer_draft: { words: m.task_offer_draft, href: paths.offerDraft, action: m.tasks_continue },
  request_draft: { words: m.task_request_draft, href: paths.requestDraft, action: m.tasks_continue },
  offer_unconfirmed: { words: m.task_offer_unconfirmed, href: paths.offer, action: m.tasks_confirm },
  offer_to_confirm: { words: m.task_offer_to_confirm, href: paths.offer, action: m.tasks_confirm },
  offer_expiring: { words: m.task_offer_expiring, href: paths.offer, action: m.tasks_look },
  request_expiring: { words: m.task_request_expiring, href: paths.request, action: m.tasks_look },
}

/** A draft to finish, an offer to stand by, something about to expire. */
export function marketTask(
  { kind, id, reference, title, competence, since, until }: MarketTask,
  today: string,
): TaskItem {
  const { words, href, action } = market[kind]
  const name = title ?? (competence ? competenceName(competence) : m.task_untitled())
  return {
    key: `${kind} ${id}`,
    title: words({ title: name }),
    text: reference ?? '',
    href: href(id),
    action: action(),
    since,
    until,
    overdue: until !== null && until < today,
  }
}

type Invitation = Extract<MatchTask, { kind: 'pooled_need_invitation' }>

/** An invitation to a pooled need, to be joined or turned down. */
export function invitationTask({ request, pooledNeedId, since }: Invitation, nameOf: NameOf): TaskItem {
  return {
    key: `invitation ${request.requestId}`,
    title: m.task_pooled_invitation({ title: nameOf(request.mainCompetence) }),
    text: m.pooled_join_about(),
    href: paths.pooledNeed(pooledNeedId),
    action: m.tasks_invitation(),
    since,
    until: null,
    overdue: false,
  }
}

/** New matches since somebody in the organisation looked. */
export type NewsItem = Readonly<{ key: string; title: string; best: string; href: string; since: string }>

export function newsItem(task: Exclude<MatchTask, Invitation>, nameOf: NameOf): NewsItem {
  const { newMatches: count, bestScore, since } = task
  const gaps = { count, said: format.number(count) }
  const isRequest = task.kind === 'request_has_matches'
  const title = nameOf(isRequest ? task.request.mainCompetence : task.offer.mainCompetence)
  const id = isRequest ? task.request.requestId : task.offer.offerId
  return {
    key: `${task.kind} ${id}`,
    title: isRequest ? m.task_request_matches({ ...gaps, title }) : m.task_offer_matches({ ...gaps, title }),
    best: m.task_best({ score: format.number(bestScore) }),
    href: `${isRequest ? paths.request(id) : paths.offer(id)}#matches`,
    since: format.dateOf(since),
  }
}

/** What is late first, then what has a last day, the nearest first, then what has waited longest. */
export function byUrgency(a: TaskItem, b: TaskItem): number {
  return (
    Number(b.overdue) - Number(a.overdue) ||
    (a.until ?? '9999').localeCompare(b.until ?? '9999') ||
    a.since.localeCompare(b.since)
  )
}
