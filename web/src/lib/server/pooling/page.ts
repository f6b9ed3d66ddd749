import type { PooledMember } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import type { PoolCandidate } from '#lib/pooling/pool.ts'
import { agreeingOnOffers } from '../arrangements/lines.ts'
import { headingsOf } from '../marketplace/headings.ts'
import { whyNotPool } from './may-pool.ts'
import { cardOf, counted, distanceOf, extentOf, idsIn, type Names, namesFor, titleOf } from './said.ts'

type Locals = Pick<App.Locals, 'services' | 'actor'>

/** All that the page of a pooled need shows, in words. Throws `not_found pooled_need.not_found`. */
export async function pooledNeedPage({ services, actor }: Locals, pooledNeedId: string) {
  const { pooledNeed: need, own, couldInvite, matches } = await services.matching.pooledNeed.get.query({ pooledNeedId })
  const joined = need.members.filter((member) => member.joined)
  const isMember = own?.joined ?? false
  const offerIds = matches.map(({ offer }) => offer.offerId)
  const [names, agreeingOn, heading] = await Promise.all([
    namesFor(
      services,
      [need, { members: couldInvite }],
      [need.startedBy, ...matches.flatMap(({ offer }) => idsIn(offer))],
    ),
    agreeingOnOffers({ services }, offerIds),
    headingsOf(services, offerIds),
  ])
  const cards = matches.map((match) =>
    cardOf(match, names, {
      shows: 'offer',
      actor,
      agreeingOn: agreeingOn.get(match.offer.offerId) ?? new Map(),
      heading: heading(match.offer.offerId),
    }),
  )
  return {
    id: need.pooledNeedId,
    title: titleOf(need, names),
    open: need.open,
    facts: [
      ...(need.open
        ? [
            { term: m.pooled_hours(), text: extentOf({ ...need, members: counted(need.members) }) },
            ...(need.period ? [{ term: m.pooled_period(), text: format.periodInWeeks(need.period) }] : []),
            {
              term: m.pooled_circuit(),
              text:
                need.km === null
                  ? m.pooled_circuit_unknown()
                  : m.pooled_circuit_text({ distance: distanceOf(need.km) }),
            },
          ]
        : []),
      {
        term: m.pooled_started(),
        text: m.pooled_started_text({ organisation: names.short(need.startedBy), date: format.dateOf(need.startedAt) }),
      },
    ],
    members: need.members.map((member) => ({ ...candidateOf(member, names), joined: member.joined })),
    /** What the coordinator may invite; nothing for everyone else. */
    candidates: couldInvite.map((member) => candidateOf(member, names)),
    own: own && {
      ...own,
      /** Invited: there is something to turn down. */
      invited: !own.joined && need.members.some(({ requestId }) => requestId === own.requestId),
      reason: whyNotPool(actor, 'join'),
      instead: own.invitedTo && paths.pooledNeed(own.invitedTo),
    },
    /** Where there are fewer than two, or where the reader is not told, offers are not shown. */
    offers: isMember || actor?.roles.includes('coordinator') ? { alone: joined.length < 2, cards } : null,
    /** Told to those it concerns. */
    history:
      need.members.some(({ organisationId }) => organisationId === actor?.organisationId) ||
      actor?.roles.includes('coordinator')
        ? paths.historyOf(need.pooledNeedId)
        : null,
    back: own
      ? { href: paths.request(own.requestId), label: m.pooled_own_request() }
      : { href: paths.pooledNeeds, label: m.pooled_county() },
  }
}

function candidateOf(member: PooledMember, names: Names): PoolCandidate {
  return {
    requestId: member.requestId,
    href: paths.request(member.requestId),
    organisation: names.placed(member),
    hours: format.hours(member.hoursPerWeek),
  }
}
