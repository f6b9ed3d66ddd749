import { agreeingStatuses, type ArrangementSummary, type ListArrangements } from '@samkraft/contracts/arrangements'
import { arrangementTitle, statusKinds, statusWords } from '#lib/arrangements/words.ts'
import { format } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import { competenceNames } from '../competence-names.ts'
import { ifAnswered } from '../refusal.ts'
import { deadlineSaid, endingSaid, holderSaid, reasonSaid } from './said.ts'

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** As many as one looks through beside what they are about. */
const most = 20

/** An arrangement in one line: what it is, where it stands and who holds it. */
export function arrangementLine(
  arrangement: ArrangementSummary,
  nameOf: (competence: string) => string,
  ownId: string | undefined,
) {
  const { id, holder, status } = arrangement
  return {
    id,
    href: paths.arrangement(id),
    title: arrangementTitle(nameOf(arrangement.competence), arrangement),
    status: statusWords[status](),
    kind: statusKinds[status],
    text: holder ? [holderSaid(holder, ownId), deadlineSaid(holder)].filter(Boolean).join(', ') : '',
  }
}

/** One that no longer waits for anybody: what came of it, when, and why. */
export function settledLine(arrangement: ArrangementSummary, nameOf: (competence: string) => string) {
  const { reason, updatedAt } = arrangement
  const why = endingSaid(arrangement) ?? (reason && reasonSaid(reason))
  const text = [why, format.dateOf(updatedAt)].filter(Boolean).join(' · ')
  return { ...arrangementLine(arrangement, nameOf, undefined), text }
}

/** The own organisation's arrangements about an offer or a request, as its page shows them. */
export type ArrangementsAbout = Readonly<{
  lines: readonly ReturnType<typeof arrangementLine>[]
  /** By offer and by request, where one is being agreed on: nobody proposes it a second time by mistake. */
  agreeingOn: ReadonlyMap<string, string>
}>

/** Those that are being agreed on, settled or running, newest first. While arrangements are away there is none to show. */
export async function arrangementsAbout(
  { services, actor }: Locals,
  about: Pick<ListArrangements, 'offerId' | 'requestId'>,
): Promise<ArrangementsAbout> {
  const known = await ifAnswered(async () => {
    const [nameOf, { items }] = await Promise.all([
      competenceNames(services),
      services.arrangements.arrangement.list.query({
        ...about,
        statuses: [...agreeingStatuses, 'approved', 'active'],
        limit: most,
      }),
    ])
    const open = items.filter(({ status }) => agreeingStatuses.some((one) => one === status))
    return {
      lines: items.map((arrangement) => arrangementLine(arrangement, nameOf, actor?.organisationId)),
      agreeingOn: new Map(
        open.flatMap(({ id, offerId, requestIds }) =>
          [offerId, ...requestIds].map((key) => [key, paths.arrangement(id)]),
        ),
      ),
    }
  })
  return known ?? { lines: [], agreeingOn: new Map() }
}
