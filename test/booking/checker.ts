import { type Rule, table } from '../../services/arrangements/src/domain/move-table.ts'
import { type EventRow, type History, shortName, type StepRow } from './history.ts'
import { replayOffer } from './replay.ts'

/**
 * Reads a history and says everything that must not be in it: a week with more hours held than offered less the reserve
 * floor, an answer of the ledger that was not true when it was given, a loser without the figures, an arrangement left
 * waiting, a move that the table does not know, an effect that is missing or doubled. Nothing is taken from the ledger's own code.
 */
export function faultsIn(history: History, floors: ReadonlyMap<string, number>): string[] {
  const offerIds = [...floors.keys()]
  return [
    ...gaps(history.offerEvents),
    ...gaps(history.arrangementEvents),
    ...offerIds.flatMap((id) => replayOffer(history, id, floors.get(id) ?? 0)),
    ...Map.groupBy(history.steps, ({ id }) => id)
      .entries()
      .flatMap(([id, steps]) => arrangementFaults(history, id, steps)),
  ]
}

/** An aggregate's events are numbered 1, 2, 3 … */
function gaps(events: readonly EventRow[]): string[] {
  return [...Map.groupBy(events, ({ id }) => id)].flatMap(([id, own]) =>
    own.every(({ sequence }, index) => sequence === index + 1) ? [] : [`the events of ${id} have a gap`],
  )
}

function arrangementFaults(history: History, id: string, steps: readonly StepRow[]): string[] {
  return [...pathFaults(id, steps), ...effectFaults(history, id, steps), ...loserFaults(history, id, steps)]
}

/** Every step follows the one before along the table of moves, and nobody is left waiting for the ledger. */
function pathFaults(id: string, steps: readonly StepRow[]): string[] {
  const faults: string[] = []
  steps.forEach(({ version, move, side, from, to }, index) => {
    const before = steps[index - 1]
    if (version !== index + 1) faults.push(`${id} has no version ${index + 1}`)
    if (from !== (before?.to ?? null)) faults.push(`${id} went from ${before?.to} on from ${from}`)
    if (before === undefined) {
      if (move !== 'propose' || to !== 'proposed') faults.push(`${id} began with ${move} to ${to}`)
      return
    }
    const moves: Readonly<Record<string, Readonly<Record<string, Rule | string>>>> = table
    const rule = moves[before.to]?.[move]
    const may = typeof rule === 'object' && side in rule.by && rule.to.some((status) => status === to)
    if (!may) faults.push(`${id}: ${side} made the move ${move} from ${before.to} to ${to}`)
  })
  if (steps.at(-1)?.to === 'reserving') faults.push(`${id} still waits for the ledger`)
  return faults
}

/** Each approval was asked for once, answered once, heard once and logged once. */
function effectFaults(
  { offerEvents, arrangementEvents, holds, ...logs }: History,
  id: string,
  steps: readonly StepRow[],
) {
  const count = (...moves: string[]) => steps.filter(({ move }) => moves.includes(move)).length
  const events = arrangementEvents.filter((event) => event.id === id).map(({ type }) => shortName(type))
  const answers = offerEvents.filter(({ data }) => data['arrangementId'] === id)
  const answered = (type: string) => answers.filter((event) => shortName(event.type) === type)
  const logged = (command: string) =>
    logs.ledgerAudit.filter((entry) => entry.command === command && entry.arrangementId === id).length
  const shares = answered('capacity_reserved').flatMap(({ data }) => data['shares'])
  const expected: readonly (readonly [what: string, actual: number, expected: number])[] = [
    ['approvals asked for', events.filter((type) => type === 'approval_requested').length, count('approve')],
    ['answers', answered('capacity_reserved').length + answered('capacity_refused').length, count('approve')],
    ['yeses heard', count('reserve'), answered('capacity_reserved').length],
    ['noes heard', count('refuse'), answered('capacity_refused').length],
    ['approvals told', events.filter((type) => type === 'arrangement_approved').length, count('reserve')],
    ['returns told', events.filter((type) => type === 'arrangement_returned').length, count('refuse', 'return')],
    ['rows held', holds.filter(({ arrangementId }) => arrangementId === id).length, shares.length],
    ['reservations logged', logged('ledger.reserve'), answered('capacity_reserved').length],
    ['releases logged', logged('ledger.release'), answered('capacity_released').length],
    ['moves logged', logs.auditEntries.get(id) ?? 0, steps.length],
  ]
  return expected
    .filter(([, actual, wanted]) => actual !== wanted)
    .map(([what, actual, wanted]) => `${id}: ${actual} ${what} instead of ${wanted}`)
}

/** Whoever the ledger refused is told which week falls short, what was left and what was asked; or that the offer is closed. */
function loserFaults({ offerEvents }: History, id: string, steps: readonly StepRow[]): string[] {
  const refusals = offerEvents.filter(
    ({ type, data }) => data['arrangementId'] === id && shortName(type) === 'capacity_refused',
  )
  const told = steps.filter(({ move }) => move === 'refuse').map(({ reason }) => reason)
  return refusals.flatMap(({ data }, index) => {
    const expected = { code: `capacity_${data['reason']}`, shortfall: data['shortfall'] ?? null }
    const reason = told[index]
    const same =
      reason?.code === expected.code && JSON.stringify(reason.shortfall) === JSON.stringify(expected.shortfall)
    return same ? [] : [`${id} was told ${JSON.stringify(reason)} instead of ${JSON.stringify(expected)}`]
  })
}
