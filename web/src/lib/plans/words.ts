import type { NextStep, PlanPolicy, PlanStanding, PlanState, UnmetReason } from '@samkraft/contracts/matching'
import { format, m } from '#lib/i18n.ts'

type Words<Key extends string> = Readonly<Record<Key, () => string>>

export const policyWords: Words<PlanPolicy> = {
  most_help: m.plan_policy_most_help,
  balanced: m.plan_policy_balanced,
  worst_off_first: m.plan_policy_worst_off_first,
}

/** What a policy strives for, in a sentence. */
export const policyAbout: Words<PlanPolicy> = {
  most_help: m.plan_policy_most_help_about,
  balanced: m.plan_policy_balanced_about,
  worst_off_first: m.plan_policy_worst_off_first_about,
}

export const planStateWords: Words<PlanState> = {
  waiting: m.plan_state_waiting,
  computing: m.plan_state_computing,
  ready: m.plan_state_ready,
  stopped: m.plan_state_stopped,
  failed: m.plan_state_failed,
}

export const standingWords: Words<PlanStanding> = {
  open: m.plan_standing_open,
  proposed: m.plan_standing_proposed,
  turned_down: m.plan_standing_turned_down,
  gone_by: m.plan_standing_gone_by,
  request_closed: m.plan_standing_request_closed,
  request_covered: m.plan_standing_request_covered,
  offer_closed: m.plan_standing_offer_closed,
  offer_taken: m.plan_standing_offer_taken,
}

export const standingKinds: Readonly<Record<PlanStanding, 'accent' | 'warn' | 'neutral'>> = {
  open: 'neutral',
  proposed: 'accent',
  turned_down: 'warn',
  gone_by: 'warn',
  request_closed: 'warn',
  request_covered: 'warn',
  offer_closed: 'warn',
  offer_taken: 'warn',
}

export const unmetReasonWords: Words<UnmetReason> = {
  no_offer: m.plan_reason_no_offer,
  excluded: m.plan_reason_excluded,
  taken_by_others: m.plan_reason_taken_by_others,
  slice_too_small: m.plan_reason_slice_too_small,
  too_many_providers: m.plan_reason_too_many_providers,
  same_hours: m.plan_reason_same_hours,
  period: m.plan_reason_period,
  rounded: m.plan_reason_rounded,
}

export const nextStepWords: Words<NextStep> = {
  pool: m.plan_next_pool,
  ask_for_capacity: m.plan_next_ask_for_capacity,
  release: m.plan_next_release,
  talk_about_slice: m.plan_next_talk_about_slice,
  allow_more_providers: m.plan_next_allow_more_providers,
  allow_other_hours: m.plan_next_allow_other_hours,
  move_period: m.plan_next_move_period,
}

/** What a plan is called: its name, or when it was made. */
export function planTitle({ name, createdAt }: Readonly<{ name: string | null; createdAt: string }>): string {
  return name ?? m.plan_made({ when: format.instant(createdAt) })
}

/** How much the worst off weigh in the balanced plan, for each choice there is. */
export const fairnessWords: Words<'0.25' | '0.5' | '0.75'> = {
  '0.25': m.plan_fairness_25,
  '0.5': m.plan_fairness_50,
  '0.75': m.plan_fairness_75,
}

/** A share of the whole in whole percent: 100 only where it is all, 0 only where it is nothing. */
export function percentOf(share: number): string {
  if (share <= 0 || share >= 1) return format.percent(share <= 0 ? 0 : 100)
  return format.percent(Math.min(99, Math.max(1, Math.round(share * 100))))
}
