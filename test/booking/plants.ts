import type { EventRow, History, HoldRow, StepRow } from './history.ts'

/** Faults put into a history that has none. A checker that says nothing about one of them would say nothing about the real one. */
export const plants = {
  'an hour more is held than was said': (history) => ({
    ...history,
    holds: changeFirst(history.holds, isHeld, (hold) => ({ ...hold, hoursPerWeek: hold.hoursPerWeek + 1 })),
  }),
  'a hold is lost': (history) => ({ ...history, holds: dropFirst(history.holds, isHeld) }),
  'more is reserved than is offered': (history) => ({
    ...history,
    offerEvents: changeFirst(history.offerEvents, isEvent('capacity_reserved'), (event) => ({
      ...event,
      data: {
        ...event.data,
        shares: [event.data['shares']].flat().map((share) => ({ ...Object(share), hoursPerWeek: 99 })),
      },
    })),
  }),
  'an answer is missing': (history) => ({
    ...history,
    offerEvents: dropFirst(history.offerEvents, isEvent('capacity_refused')),
  }),
  'a refusal names other figures': (history) => ({
    ...history,
    offerEvents: changeFirst(history.offerEvents, isEvent('capacity_refused', 'not_enough'), (event) => ({
      ...event,
      data: { ...event.data, shortfall: { ...Object(event.data['shortfall']), left: 0.25 } },
    })),
  }),
  'a loser is told nothing': (history) => ({
    ...history,
    steps: changeFirst(history.steps, isMove('refuse'), (step) => ({ ...step, reason: null })),
  }),
  'an arrangement still waits': (history) => {
    const asked = history.steps.find(isMove('approve'))
    return {
      ...history,
      steps: history.steps.filter(({ id, version }) => id !== asked?.id || version <= asked.version),
    }
  },
  'a move is made twice': (history) => ({
    ...history,
    steps: history.steps.flatMap((step) => (step.move === 'reserve' ? [step, step] : [step])),
  }),
  'a move is made that the table does not know': (history) => ({
    ...history,
    steps: changeFirst(history.steps, isMove('approve'), (step) => ({ ...step, side: 'lender' })),
  }),
  'a reservation is not in the log': (history) => ({
    ...history,
    ledgerAudit: dropFirst(history.ledgerAudit, ({ command }) => command === 'ledger.reserve'),
  }),
} as const satisfies Record<string, (history: History) => History>

function isHeld({ state }: HoldRow): boolean {
  return state !== 'released'
}

function isEvent(name: string, reason?: string) {
  return ({ type, data }: EventRow) => type.includes(name) && (reason === undefined || data['reason'] === reason)
}

function isMove(name: string) {
  return ({ move }: StepRow) => move === name
}

function changeFirst<Row>(rows: readonly Row[], which: (row: Row) => boolean, change: (row: Row) => Row): Row[] {
  const index = rows.findIndex(which)
  return rows.map((row, at) => (at === index ? change(row) : row))
}

function dropFirst<Row>(rows: readonly Row[], which: (row: Row) => boolean): Row[] {
  const index = rows.findIndex(which)
  return rows.filter((_, at) => at !== index)
}
