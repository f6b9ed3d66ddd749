import { type ArrangementView, finalStatuses, type PersonMove } from '@samkraft/contracts/arrangements'
import { arrangementTitle, listed, statusWords } from '#lib/arrangements/words.ts'
import type { Role } from '@samkraft/kernel'
import { format, m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import { competenceNames } from '../competence-names.ts'
import { peopleOf } from '../identity/people.ts'
import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'
import { compareRevisions, partyNames } from './revisions.ts'
import {
  actedAs,
  deadlineSaid,
  endingSaid,
  holderSaid,
  obstacleWords,
  periodOf,
  proposingRegion,
  reasonSaid,
} from './said.ts'
import { stepsOf } from './steps.ts'
import { conditionsFor, termsSaid } from './terms-said.ts'

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** What the pages of one arrangement have in common: what it is, and where it stands. */
export async function arrangementHead({ services }: Pick<Locals, 'services'>, arrangementId: string) {
  const [arrangement, nameOf] = await Promise.all([
    services.arrangements.arrangement.get.query({ arrangementId }),
    competenceNames(services),
  ])
  const competence = nameOf(arrangement.competence)
  return {
    arrangement,
    competence,
    title: arrangementTitle(competence, arrangement),
    inShort: inShort(arrangement, competence),
    nameOf: partyNames(arrangement),
  }
}

function inShort(arrangement: ArrangementView, competence: string): string {
  const { lender, borrowers, hoursPerWeek } = arrangement
  return m.arrangement_in_short({
    competence,
    hours: format.extent(hoursPerWeek),
    lender: lender.name,
    borrowers: listed(borrowers.map(({ name }) => name)),
    period: format.period(periodOf(arrangement)),
  })
}

/** Where one came from: the coordinator's is the worklist. */
function cameFrom(roles: readonly Role[]) {
  return roles.includes('coordinator')
    ? { href: paths.coordination, label: m.coordination_worklist() }
    : { href: paths.arrangements, label: m.arrangement_back() }
}

/** All that the page of one arrangement shows, in words. */
export async function arrangementPage(locals: Locals, arrangementId: string, compared: number | null) {
  const { arrangement, title, inShort, nameOf } = await arrangementHead(locals, arrangementId)
  const now = new Date().toISOString()
  const conditionsOf = conditionsFor(locals.services, arrangement)
  const [terms, comparison, titleOf] = await Promise.all([
    termsSaid(locals.services, arrangement, { nameOf, conditionsOf }),
    compareRevisions(arrangement, conditionsOf, compared),
    titlesOf(locals.services, arrangement.decisions),
  ])
  const { id, reference, status, version, endsOn, holder, reason, parties, revisions } = arrangement
  const own = parties.find(({ organisation }) => organisation.id === locals.actor?.organisationId)
  return {
    title,
    inShort,
    arrangement: { id, reference, status, version, endsOn, accepted: own?.accepted ?? false },
    held: holder && {
      said: holderSaid(holder, locals.actor?.organisationId),
      since: m.since({ date: format.since(holder.since, now) }),
      /** On paper there is no today. */
      sinceOnPaper: m.since({ date: format.dateOf(holder.since) }),
      until: deadlineSaid(holder),
      overdue: holder.overdue,
      mine: holder.organisations.some((one) => one.id === locals.actor?.organisationId),
    },
    proposedBy: proposingRegion(arrangement)?.name ?? null,
    why: endingSaid(arrangement) ?? (reason && sentBackSaid(arrangement, reasonSaid(reason))),
    /** Nobody is waited for any more. */
    over: finalStatuses.some((one) => one === status),
    moves: movesOf(arrangement),
    steps: stepsOf(arrangement),
    region: arrangement.region.name,
    back: cameFrom(locals.actor?.roles ?? []),
    terms,
    parties,
    decisions: arrangement.decisions.map((decision) => ({
      organisation: decision.organisation.name,
      yes: decision.decision === 'yes',
      revision: decision.revision,
      delegation: decision.delegationReference,
      reason:
        decision.reasonCode === null
          ? null
          : reasonSaid({ code: decision.reasonCode, text: decision.reasonText, shortfall: null }),
      when: [format.instant(decision.at), titleOf(decision.personId), actedAs(decision.role)]
        .filter(Boolean)
        .join(', '),
      standing: decision.standing,
    })),
    comparison,
    versions: revisions.map(({ number }) => number).filter((number) => number > 1),
    ownDiary:
      own && arrangement.maySetDiaryNumber ? { number: own.diaryNumber ?? '', version: own.diaryVersion } : null,
    followUp: arrangement.followUp,
  }
}

/** What those of one's own organisation who decided are called, by person; null for those of others, and while it cannot be read. */
async function titlesOf(services: Services, decisions: ArrangementView['decisions']) {
  const people = decisions.some(({ personId }) => personId !== null) ? await ifAnswered(() => peopleOf(services)) : null
  const titles = new Map(people?.map(({ personId, title }) => [personId, title]))
  return (personId: string | null) => (personId === null ? null : (titles.get(personId) ?? null))
}

/** What the actor's organisation can do: open now, or why not. Once it is closed there is nothing to list. */
function movesOf({ moves }: ArrangementView): { move: PersonMove; obstacle: string | null }[] {
  return moves
    .filter(({ reason }) => reason !== 'closed')
    .map(({ move, reason }) => ({ move, obstacle: reason && obstacleWords[reason]() }))
}

function sentBackSaid({ status }: ArrangementView, reason: string): string {
  return status === 'proposed'
    ? m.arrangement_returned({ reason })
    : m.arrangement_closed({ status: statusWords[status](), reason })
}
