import {
  type ArrangementStatus,
  arrangementStatuses,
  type PersonMove,
  personMoves,
} from '@samkraft/contracts/arrangements'
import type { Role } from '@samkraft/kernel'
import { expect, test } from 'vitest'
import { type Arrangement, isFinal } from './arrangement.ts'
import { movesFor, obstacleTo } from './obstacle.ts'

const day = '2026-11-03'
const parties = ['lender', 'borrower']

/** Who has decided by then; nobody in the other statuses. */
const decidedBy: Partial<Record<ArrangementStatus, readonly string[]>> = {
  borrower_decision: ['lender'],
  coordinator_approval: parties,
  reserving: parties,
  approved: parties,
  active: parties,
}

/** As it is in a status that has been reached without a detour; organisations are named after their sides. */
function standing(status: ArrangementStatus, proposerId: string): Arrangement {
  const period = { from: '2027-01-11', to: '2027-06-12' }
  return {
    id: 'arrangement',
    reference: 'SK-2026-0001',
    status,
    version: 1,
    regionId: 'coordinator',
    offerId: 'offer',
    lenderId: 'lender',
    borrowerIds: ['borrower'],
    proposerId,
    revision: 1,
    round: 1,
    shares: [{ organisationId: 'borrower', requestId: 'request', period, hoursPerWeek: 8 }],
    accepted: status === 'proposed' ? [proposerId] : parties,
    decisions: (decidedBy[status] ?? []).map((organisationId) => ({
      organisationId,
      personId: `decided for ${organisationId}`,
      round: 1,
      decision: 'yes',
    })),
    heldSince: '2026-11-02T08:00:00.000Z',
    heldUntil: '2026-11-16',
    endsOn: null,
    reason: null,
  }
}

/** In brackets what the page does not show, because the organisation never has that move. */
function answer(status: ArrangementStatus, proposerId: string, move: PersonMove, organisationId: string, role: Role) {
  const arrangement = standing(status, proposerId)
  const actor = { organisationId, personId: 'somebody', roles: [role] }
  const obstacle = obstacleTo(arrangement, move, actor, day)
  const isShown = movesFor(arrangement, actor, day).some((view) => view.move === move)
  return isShown ? (obstacle ?? 'OPEN') : `(${obstacle ?? 'OPEN'})`
}

function lineOf(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.padEnd(24))
    .join(' ')
    .trimEnd()
}

// Which side stands before it, and who proposed.
const standpoints = [
  ['lender', 'lender', 'the lender, of its own proposal'],
  ['lender', 'borrower', 'the lender, of what another proposed'],
  ['borrower', 'borrower', 'the borrower, of its own proposal'],
  ['borrower', 'lender', 'the borrower, of what another proposed'],
  ['coordinator', 'coordinator', 'the coordinator, of its own proposal'],
  ['coordinator', 'lender', 'the coordinator, of what another proposed'],
] as const

test('every move in every status, for every side and role: open, or why not', async () => {
  const tables = standpoints.map(([organisationId, proposerId, title]) => {
    const rows = arrangementStatuses
      .filter((status) => !isFinal(status))
      .flatMap((status) =>
        (['officer', 'decider', 'coordinator'] as const).map((role) =>
          lineOf([status, role, ...personMoves.map((move) => answer(status, proposerId, move, organisationId, role))]),
        ),
      )
    return [title, '', lineOf(['', '', ...personMoves]), ...rows, ''].join('\n')
  })
  await expect(tables.join('\n')).toMatchFileSnapshot('./move-table.txt')
})
