import { ArrangementView } from '@samkraft/contracts/arrangements'
import { statusWords } from '#lib/arrangements/words.ts'
import { format, m } from '#lib/i18n.ts'
import { wordFor } from '#lib/marketplace/words.ts'
import type { Services } from '../services.ts'

/** What was done, by the last part of the command's name. */
const commandWords: Readonly<Record<string, () => string>> = {
  propose: m.history_command_propose,
  revise: m.history_command_revise,
  accept: m.history_command_accept,
  decline: m.history_command_decline,
  withdraw: m.history_command_withdraw,
  decide: m.history_command_decide,
  approve: m.history_command_approve,
  return: m.history_command_return,
  end: m.history_command_end,
  lapse: m.history_command_lapse,
  activate: m.history_command_activate,
  finish: m.history_command_finish,
  reserve: m.history_command_reserve,
  refuse: m.history_command_refuse,
  setDiaryNumber: m.history_command_setDiaryNumber,
  setFollowUp: m.history_command_setFollowUp,
}

const After = ArrangementView.pick({ status: true })

/** What has been done with one arrangement, newest first, in words. */
export async function historyPage({ arrangements }: Services, arrangementId: string, cursor: string | null) {
  const page = await arrangements.audit.list.query({ subjectId: arrangementId, cursor: cursor ?? undefined })
  return {
    next: page.next,
    entries: page.items.map(({ organisationId, organisation, number, at, command, after }) => {
      const read = After.safeParse(after)
      const name = command.split('.').at(-1) ?? ''
      return {
        key: `${organisationId} ${number}`,
        when: format.instant(at),
        who: organisation?.name ?? '–',
        what: Object.hasOwn(commandWords, name) ? wordFor(commandWords, name) : m.history_command_other(),
        after: read.success ? statusWords[read.data.status]() : '',
      }
    }),
  }
}
