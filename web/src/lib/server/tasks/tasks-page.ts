import { marketplacePermissions } from '@samkraft/contracts/marketplace'
import { negotiators } from '@samkraft/contracts/arrangements'
import type { Role } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import { agreeing, arrangementLine } from '../arrangements/lines.ts'
import { competenceNames } from '../competence-names.ts'
import { refusal, unreachable } from '../refusal.ts'
import { arrangementTask, byUrgency, marketTask, newsItem } from './task-items.ts'

/** More than anyone has to do at once; what is beyond comes up as the first is done. */
const most = 100
/** Of what others hold, as many as one glances at. */
const glance = 5

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** All that waits for the reader, from every service; a service that is away only leaves its part out. */
export async function tasksPage({ services, actor }: Locals) {
  const roles = actor?.roles ?? []
  const today = format.dateOf(new Date())
  const drafts = isOneOf(roles, marketplacePermissions['offer.publish'].who)
  const negotiates = isOneOf(roles, negotiators)
  const [nameOf, arrangements, market, matches, under] = await Promise.all([
    competenceNames(services),
    whole(() => services.arrangements.task.list.query({ limit: most })),
    drafts ? whole(() => services.marketplace.task.list.query({ limit: most })) : { items: [] },
    negotiates ? whole(() => services.matching.task.list.query()) : { items: [] },
    whole(() =>
      services.arrangements.arrangement.list.query({
        statuses: [...agreeing],
        sort: 'deadline',
        limit: most,
      }),
    ),
  ])
  const items = [
    ...(arrangements?.items ?? []).map((task) => arrangementTask(task, nameOf)),
    ...(market?.items ?? []).map((task) => marketTask(task, today)),
  ].sort(byUrgency)
  const own = new Set((arrangements?.items ?? []).map(({ arrangement }) => arrangement.id))
  return {
    items,
    /** What is new and fits: worth a look, and nothing that anyone waits for. */
    news: (matches?.items ?? []).map((task) => newsItem(task, nameOf)),
    waiting: items.length,
    partAway: [arrangements, market, matches, under].includes(null),
    others: (under?.items ?? [])
      .filter(({ id, holder }) => !own.has(id) && !holder?.organisations.some(({ id }) => id === actor?.organisationId))
      .slice(0, glance)
      .map((arrangement) => arrangementLine(arrangement, nameOf, actor?.organisationId)),
    isCoordinator: roles.includes('coordinator'),
    /** What an empty list means for someone with these roles. */
    none: roles.includes('coordinator')
      ? m.tasks_none_coordinator()
      : negotiates
        ? m.tasks_none_about()
        : m.tasks_none_others(),
    mayPublish: drafts,
  }
}

function isOneOf(roles: readonly Role[], among: readonly Role[]): boolean {
  return roles.some((role) => among.includes(role))
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
