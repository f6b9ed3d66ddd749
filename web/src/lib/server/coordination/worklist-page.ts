import { type ArrangementStatus, arrangementStatuses, ListWorklist } from '@samkraft/contracts/arrangements'
import { arrangementTitle, listed, statusWords } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { sharedSaid, waitsForReader, whySaid } from '../arrangements/said.ts'
import { soughtBy, statusesOf, statusGroups } from '../arrangements/list-page.ts'
import { competenceNames } from '../competence-names.ts'
import type { Services } from '../services.ts'

/** Rows of one page: the worklist is read as a whole as long as that is possible. */
const rowsShown = 50

/** What an address asks the worklist for. */
export function readAsked({ searchParams }: URL) {
  const text = (name: string) => searchParams.get(name)?.trim() || null
  return {
    lage: text('lage'),
    hos: text('hos'),
    q: text('q'),
    forsenat: searchParams.has('forsenat') ? '1' : null,
    ordning: text('ordning'),
    efter: text('efter'),
  }
}

/** What is worked on, unless the address says otherwise. Who looks for something by its words looks everywhere. */
function stageOf({ lage, q }: Pick<ReturnType<typeof readAsked>, 'lage' | 'q'>): string {
  return lage ?? (q === null ? 'oppna' : 'alla')
}

function statusesAt(stage: string) {
  if (stage === 'alla') return undefined
  return stage === 'oppna' ? openStatuses : statusesOf(stage)
}

const openStatuses = [...statusGroups['pa-gang'], ...statusGroups.galler]

/** What an address asks, as the service is asked it. What does not fit is left out of the question. */
export async function worklistQuery(services: Services, asked: ReturnType<typeof readAsked>) {
  const { shape } = ListWorklist
  return {
    ...(await soughtBy(services, asked.q)),
    statuses: statusesAt(stageOf(asked)),
    holderId: shape.holderId.safeParse(asked.hos ?? undefined).data,
    overdue: asked.forsenat !== null,
    sort: shape.sort.safeParse(asked.ordning ?? undefined).data,
  }
}

/** The worklist an address asks for, in words. */
export async function worklistPage({ services, actor }: Pick<App.Locals, 'services' | 'actor'>, url: URL) {
  const asked = readAsked(url)
  const stage = stageOf(asked)
  const [worklist, nameOf] = await Promise.all([
    services.arrangements.worklist.list.query({
      ...(await worklistQuery(services, asked)),
      cursor: asked.efter ?? undefined,
      limit: rowsShown,
    }),
    competenceNames(services),
  ])
  const countOf = (statuses: readonly ArrangementStatus[]) =>
    worklist.counts.filter(({ status }) => statuses.includes(status)).reduce((sum, { count }) => sum + count, 0)
  return {
    asked,
    next: worklist.next,
    total: countOf(arrangementStatuses),
    stages: [
      { value: 'oppna', label: m.worklist_open(), count: countOf(openStatuses) },
      { value: 'alla', label: m.worklist_all(), count: countOf(arrangementStatuses) },
      ...arrangementStatuses.map((status) => ({
        value: status,
        label: statusWords[status](),
        count: countOf([status]),
      })),
    ].map((one) => ({ ...one, chosen: one.value === stage })),
    holders: worklist.holders.map(({ id, shortName }) => ({ value: id, label: shortName })),
    /** The row whose follow-up is being set. */
    editing: url.searchParams.get('folj'),
    rows: worklist.items.map((item) => ({
      id: item.id,
      reference: item.reference,
      title: arrangementTitle(nameOf(item.competence), item),
      status: item.status,
      holder: item.holder && listed(item.holder.organisations.map(({ shortName }) => shortName)),
      /** Said so on the screen; paper is read by others. */
      holderIsYou: item.holder !== null && waitsForReader(item.holder, actor),
      since: item.holder && format.dateOf(item.holder.since),
      until: item.holder?.until ?? null,
      late: item.holder?.overdue ?? false,
      days: format.number(item.ageInDays),
      followUp: {
        date: item.followUpDate,
        note: item.followUpNote,
        version: item.followUpVersion,
        due: item.followUpDue,
      },
      hours: format.number(item.hoursPerWeek),
      shared: sharedSaid(item),
      reason: whySaid(item),
    })),
  }
}
