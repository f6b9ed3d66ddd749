import type { ArrangementView } from '@samkraft/contracts/arrangements'
import { lastDay } from '@samkraft/kernel'
import { listed } from '#lib/arrangements/words.ts'
import { m } from '#lib/i18n.ts'
import { deadlineSaid, detailSaid, happenedSaid, isSetback } from './said.ts'

/** A step as the page draws it. */
export type Step = Readonly<{ title: string; text?: string; state: 'done' | 'now' | 'todo' | 'stopped' }>

/** What has happened, where it stands and what comes next, in order. */
export function stepsOf(arrangement: ArrangementView): Step[] {
  const past = arrangement.timeline.map((step): Step => ({
    title: happenedSaid(step),
    text: detailSaid(step),
    state: isSetback(step) ? 'stopped' : 'done',
  }))
  return [...past, ...comingOf(arrangement)]
}

type Coming = Readonly<{ title: string; text?: string }>

/** The rest of the way from where it stands; the first is where it is now. */
function comingOf(arrangement: ArrangementView): Step[] {
  const { status, holder } = arrangement
  const ways: readonly Coming[] = wayFrom(arrangement)
  const until = holder && deadlineSaid(holder)
  return ways.map((step, index) =>
    index === 0 && status !== 'approved'
      ? { ...step, ...(until ? { text: until } : {}), state: 'now' }
      : { ...step, state: 'todo' },
  )
}

function wayFrom(arrangement: ArrangementView): Coming[] {
  const { status, lender, region, parties, period, endsOn } = arrangement
  const names = (chosen: readonly { organisation: { name: string } }[]) =>
    listed(chosen.map(({ organisation }) => organisation.name))
  const undecided = parties.filter(({ side, decision }) => side === 'borrower' && decision === null)
  const answer = { title: m.happens_answer({ organisations: names(parties.filter(({ accepted }) => !accepted)) }) }
  const lends = { title: m.happens_decide({ organisations: lender.name }) }
  const borrows = { title: m.happens_decide({ organisations: names(undecided) }) }
  const approves = { title: m.happens_approve({ organisations: region.name }) }
  const reserves = { title: m.happens_reserve() }
  const begins = { title: m.happens_begin(), text: period.from }
  const ends = { title: m.happens_end(), text: endsOn ?? lastDay(period) }
  switch (status) {
    case 'proposed':
      return [answer, lends, borrows, approves, begins]
    case 'lender_decision':
      return [lends, borrows, approves, begins]
    case 'borrower_decision':
      return [borrows, approves, begins]
    case 'coordinator_approval':
      return [approves, begins, ends]
    case 'reserving':
      return [reserves, begins, ends]
    case 'approved':
      return [begins, ends]
    case 'active':
      return [ends]
    default:
      return []
  }
}
