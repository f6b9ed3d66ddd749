import { m } from '#lib/i18n.ts'

/** What was done, in words, by the name of the command: the services' own, and what happens by itself. */
export const commandWords: Readonly<Record<string, (() => string) | undefined>> = {
  'session.signIn': m.log_session_sign_in,
  'session.signOut': m.log_session_sign_out,
  'session.switchOrganisation': m.log_session_switch_organisation,
  'person.invite': m.log_person_invite,
  'person.changeTitle': m.log_person_change_title,
  'person.changeRoles': m.log_person_change_roles,
  'person.disable': m.log_person_disable,
  'person.enable': m.log_person_enable,
  'organisation.allowNewPassword': m.log_organisation_allow_new_password,
  'person.allowNewPassword': m.log_person_allow_new_password,
  'operator.invite': m.log_operator_invite,
  'operator.newPassword': m.log_operator_new_password,
  'invitation.withdraw': m.log_invitation_withdraw,
  'invitation.accept': m.log_invitation_accept,
  'password.change': m.log_password_change,
  'password.renew': m.log_password_renew,
  'demo.load': m.log_demo_load,
  'offer.saveDraft': m.log_offer_save_draft,
  'offer.discardDraft': m.log_offer_discard_draft,
  'offer.publish': m.log_offer_publish,
  'offer.change': m.log_offer_change,
  'offer.pause': m.log_offer_pause,
  'offer.resume': m.log_offer_resume,
  'offer.withdraw': m.log_offer_withdraw,
  'offer.confirm': m.log_offer_confirm,
  'offer.expire': m.log_offer_expire,
  'request.saveDraft': m.log_request_save_draft,
  'request.discardDraft': m.log_request_discard_draft,
  'request.publish': m.log_request_publish,
  'request.change': m.log_request_change,
  'request.pause': m.log_request_pause,
  'request.resume': m.log_request_resume,
  'request.withdraw': m.log_request_withdraw,
  'request.expire': m.log_request_expire,
  'ledger.reserve': m.log_ledger_reserve,
  'ledger.release': m.log_ledger_release,
  'pooledNeed.start': m.log_pooled_need_start,
  'pooledNeed.invite': m.log_pooled_need_invite,
  'pooledNeed.join': m.log_pooled_need_join,
  'pooledNeed.leave': m.log_pooled_need_leave,
  'plan.compute': m.log_plan_compute,
  'plan.adjust': m.log_plan_adjust,
  'plan.stop': m.log_plan_stop,
  'plan.save': m.log_plan_save,
  'plan.discard': m.log_plan_discard,
  'arrangement.propose': m.log_arrangement_propose,
  'arrangement.revise': m.log_arrangement_revise,
  'arrangement.accept': m.log_arrangement_accept,
  'arrangement.decline': m.log_arrangement_decline,
  'arrangement.withdraw': m.log_arrangement_withdraw,
  'arrangement.decide': m.log_arrangement_decide,
  'arrangement.approve': m.log_arrangement_approve,
  'arrangement.return': m.log_arrangement_return,
  'arrangement.end': m.log_arrangement_end,
  'arrangement.setDiaryNumber': m.log_arrangement_set_diary_number,
  'arrangement.lapse': m.log_arrangement_lapse,
  'arrangement.activate': m.log_arrangement_activate,
  'arrangement.finish': m.log_arrangement_finish,
  'arrangement.reserve': m.log_arrangement_reserve,
  'arrangement.refuse': m.log_arrangement_refuse,
  'worklist.setFollowUp': m.log_worklist_set_follow_up,
}

/** What deadlines and events do: nobody did it. */
const ofItself: ReadonlySet<string> = new Set([
  'demo.load',
  'offer.expire',
  'request.expire',
  'ledger.reserve',
  'ledger.release',
  'arrangement.lapse',
  'arrangement.activate',
  'arrangement.finish',
  'arrangement.reserve',
  'arrangement.refuse',
])

/** What whoever runs Samkraft does for an organisation, from outside it. */
export function isOperators(command: string): boolean {
  return command.startsWith('operator.')
}

export function happensByItself(command: string): boolean {
  return ofItself.has(command)
}

/**
 * What was done, with what it left behind; of a decision, whether it is a yes, and of a link, to what. An unknown command shows
 * as it is kept.
 */
export function commandSaid(
  command: string,
  { decision }: Readonly<Record<string, unknown>>,
  subjectType?: string,
): string {
  if (command === 'arrangement.decide' && decision === 'yes') return m.log_arrangement_decide_yes()
  if (command === 'arrangement.decide' && decision === 'no') return m.log_arrangement_decide_no()
  if (command === 'invitation.withdraw' && subjectType === 'person') return m.log_invitation_withdraw_password()
  return commandWords[command]?.() ?? command
}
