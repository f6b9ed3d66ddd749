import { marketplacePermissions } from '@samkraft/contracts/marketplace'
import { agreeingStatuses, arrangementStatuses, negotiators } from '@samkraft/contracts/arrangements'
import { addDays } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import { hasRole, type SignedIn } from '#lib/signed-in.ts'
import { arrangementLine, followUpLine, settledLine } from '../arrangements/lines.ts'
import { competenceNames } from '../competence-names.ts'
import { mayAdminister } from '../identity/people.ts'
import { refusal, unreachable } from '../refusal.ts'
import { arrangementTask, byUrgency, invitationTask, marketTask, newsItem } from './task-items.ts'

/** More than anyone has to do at once; what is beyond comes up as the first is done. */
const most = 100
/** Of what others hold, as many as one glances at. */
const glance = 5
/** What was settled is news for so many days. */
const newsDays = 14

/** Where one no longer waits for anybody: what the parties want to know came of it. */
const settled = arrangementStatuses.filter((status) => !agreeingStatuses.some((one) => one === status))

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** All that waits for the reader, from every service; a service that is away only leaves its part out. */
export async function tasksPage({ services, actor }: Locals) {
  const today = format.dateOf(new Date())
  const drafts = hasRole(actor, marketplacePermissions['offer.publish'].who)
  const negotiates = hasRole(actor, negotiators)
  const isCoordinator = hasRole(actor, ['coordinator'])
  const [nameOf, arrangements, market, matches, under, over, late] = await Promise.all([
    competenceNames(services),
    whole(() => services.arrangements.task.list.query({ limit: most })),
    drafts ? whole(() => services.marketplace.task.list.query({ limit: most })) : { items: [] },
    negotiates ? whole(() => services.matching.task.list.query()) : { items: [] },
    whole(() =>
      services.arrangements.arrangement.list.query({
        statuses: [...agreeingStatuses],
        sort: 'deadline',
        limit: most,
      }),
    ),
    whole(() =>
      services.arrangements.arrangement.list.query({ statuses: settled, sort: 'latest_change', limit: glance }),
    ),
    isCoordinator
      ? whole(() => services.arrangements.worklist.list.query({ overdue: true, sort: 'follow_up', limit: most }))
      : { items: [] },
  ])
  const newest = (matches?.items ?? []).filter((task) => task.kind !== 'pooled_need_invitation')
  const invitations = (matches?.items ?? []).filter((task) => task.kind === 'pooled_need_invitation')
  const items = [
    ...(arrangements?.items ?? []).map((task) => arrangementTask(task, nameOf)),
    ...(market?.items ?? []).map((task) => marketTask(task, today)),
    ...invitations.map((task) => invitationTask(task, nameOf)),
  ].sort(byUrgency)
  const own = new Set((arrangements?.items ?? []).map(({ arrangement }) => arrangement.id))
  const others = (under?.items ?? []).filter(({ id }) => !own.has(id))
  return {
    items,
    /** What is new and fits: worth a look, and nothing that anyone waits for. */
    news: newest.map((task) => newsItem(task, nameOf)),
    waiting: items.length,
    /** What the coordinator has set a day for that has come. */
    followUps: (late?.items ?? []).filter(({ followUpDue }) => followUpDue).map((item) => followUpLine(item, nameOf)),
    partAway: [arrangements, market, matches, under, over, late].includes(null),
    /** With another organisation, or with somebody of the own who has the role that it takes. */
    others: others.slice(0, glance).map((arrangement) => arrangementLine(arrangement, nameOf, actor?.organisationId)),
    /** What those are, and that there are more where there are. */
    othersAbout: [
      isCoordinator ? m.tasks_others_county() : m.tasks_others_about(),
      others.length > glance && m.tasks_others_first({ count: format.number(glance) }),
    ]
      .filter(Boolean)
      .join(' '),
    /** What came of it, the latest first. */
    settled: (over?.items ?? [])
      .filter(({ updatedAt }) => format.dateOf(updatedAt) >= addDays(today, -newsDays))
      .map((arrangement) => settledLine(arrangement, nameOf)),
    isCoordinator,
    supportsProcess: hasRole(actor, ['process_support']),
    /** What an empty list means for someone with these roles. */
    none: noneSaid(actor),
    mayAdminister: mayAdminister(actor),
    mayPublish: drafts,
  }
}

/** Why nothing waits for somebody with these roles, and what there is instead. */
function noneSaid(actor: SignedIn | null): string {
  if (hasRole(actor, ['coordinator'])) return m.tasks_none_coordinator()
  if (hasRole(actor, negotiators)) return m.tasks_none_about()
  if (hasRole(actor, ['process_support'])) return m.tasks_none_process_support()
  if (hasRole(actor, ['registrar'])) return m.tasks_none_registrar()
  return mayAdminister(actor) ? m.tasks_none_administrator() : m.tasks_none_reader()
}

/** What a service answers, or null while it is away. */
async function whole<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask()
  } catch (cause) {
    if (unreachable(cause) || refusal(cause)?.kind === 'unavailable') return null
    throw cause
  }
}
