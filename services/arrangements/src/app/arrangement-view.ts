import type {
  ArrangementSummary,
  DecisionView,
  HolderView,
  PartyView,
  RevisionView,
  StepView,
  TermsView,
} from '@samkraft/contracts/arrangements'
import type { Selectable } from 'kysely'
import type { RevisionRow } from '../db/history.ts'
import type { NameOf } from '../db/organisations.ts'
import type { DecisionTable, PartyTable, StepTable } from '../db/schema.ts'
import type { SummaryRow } from '../db/summaries.ts'
import { type Arrangement, standingDecision } from '../domain/arrangement.ts'
import { rolesAwaited } from '../domain/move-table.ts'

/** The organisations a list of arrangements names. */
export function organisationsIn(rows: readonly SummaryRow[]): string[] {
  return rows.flatMap((row) => [row.lender_id, ...row.borrower_ids, row.proposer_id, ...row.holder_ids])
}

/** What lists show. Organisations and roles, never a person. */
export function toSummary(row: SummaryRow, nameOf: NameOf, today: string): ArrangementSummary {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    version: row.version,
    revision: row.revision,
    offerId: row.offer_id,
    competence: row.competence,
    lender: nameOf(row.lender_id),
    borrowers: row.borrower_ids.map(nameOf),
    proposer: nameOf(row.proposer_id),
    period: row.period,
    hoursPerWeek: row.hours_per_week,
    holder: toHolder(row, nameOf, today),
    proposedAt: row.proposed_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    endsOn: row.ends_on,
    reason: row.reason,
  }
}

function toHolder(row: SummaryRow, nameOf: NameOf, today: string): HolderView | null {
  const roles = rolesAwaited(row.status)
  if (roles.length === 0 && row.status !== 'reserving') return null
  return {
    organisations: row.holder_ids.map(nameOf),
    roles: [...roles],
    since: row.held_since.toISOString(),
    until: row.held_until,
    overdue: row.held_until !== null && row.held_until < today,
  }
}

export function toRevisionView(row: RevisionRow, nameOf: NameOf): RevisionView {
  const terms: TermsView = {
    place: row.place,
    rationale: row.rationale,
    cost: row.cost_model && { costModel: row.cost_model, orePerHour: row.ore_per_hour },
    offerVersion: row.offer_version,
    shares: row.shares.map(({ organisation_id, request_id, from, to, hours_per_week }) => ({
      organisationId: organisation_id,
      requestId: request_id,
      period: { from, to },
      hoursPerWeek: hours_per_week,
    })),
  }
  return {
    number: row.number,
    terms,
    message: row.message,
    organisation: nameOf(row.organisation_id),
    role: row.role,
    at: row.at.toISOString(),
  }
}

export function toDecisionView(
  row: Selectable<DecisionTable>,
  { round, readerId, nameOf }: Readonly<{ round: number; readerId: string; nameOf: NameOf }>,
): DecisionView {
  return {
    organisation: nameOf(row.organisation_id),
    side: row.side,
    revision: row.revision,
    decision: row.decision,
    role: row.role,
    personId: row.organisation_id === readerId ? row.person_id : null,
    delegationReference: row.delegation_reference,
    reasonCode: row.reason_code,
    reasonText: row.reason_text,
    at: row.at.toISOString(),
    standing: row.round === round,
  }
}

export function toPartyView(row: Selectable<PartyTable>, arrangement: Arrangement, nameOf: NameOf): PartyView {
  return {
    organisation: nameOf(row.organisation_id),
    side: row.side,
    accepted: arrangement.accepted.includes(row.organisation_id),
    decision: standingDecision(arrangement, row.organisation_id)?.decision ?? null,
    diaryNumber: row.diary_number,
    diaryVersion: row.diary_version,
  }
}

export function toStepView(row: Selectable<StepTable>, nameOf: NameOf): StepView {
  return {
    at: row.at.toISOString(),
    move: row.move,
    side: row.side,
    from: row.from_status,
    to: row.to_status,
    organisation: row.organisation_id === null ? null : nameOf(row.organisation_id),
    role: row.role,
    revision: row.revision,
    reason: row.reason,
    version: row.version,
  }
}
