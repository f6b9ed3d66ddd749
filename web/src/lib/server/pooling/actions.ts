import { InviteToPooledNeed, JoinPooledNeed, LeavePooledNeed, StartPooledNeed } from '@samkraft/contracts/matching'
import { redirect, type RequestEvent } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { act, type Form } from '../form.ts'

const labels = { requestIds: m.unmet_request }

const done = (pooledNeedId: string, what: string) =>
  redirect(303, withQuery(paths.pooledNeed(pooledNeedId), { gjort: what }))

const oneIn = (form: Form) => ({ pooledNeedId: form.text('pooledNeedId'), requestId: form.text('requestId') })

/** What one does with pooled needs, from whatever page shows them; it leads to the page of the pooled need. */
export const poolActions = {
  startPool: (event: RequestEvent) =>
    act(event, { labels }, async (form) => {
      const input = form.input(StartPooledNeed, { requestIds: form.all('requestIds') })
      const { pooledNeedId } = await event.locals.services.matching.pooledNeed.start.mutate(input)
      done(pooledNeedId, 'start')
    }),
  inviteToPool: (event: RequestEvent) =>
    act(event, {}, async (form) => {
      const input = form.input(InviteToPooledNeed, oneIn(form))
      await event.locals.services.matching.pooledNeed.invite.mutate(input)
      done(input.pooledNeedId, 'invite')
    }),
  joinPool: (event: RequestEvent) =>
    act(event, {}, async (form) => {
      const input = form.input(JoinPooledNeed, oneIn(form))
      await event.locals.services.matching.pooledNeed.join.mutate(input)
      done(input.pooledNeedId, 'join')
    }),
  leavePool: (event: RequestEvent) =>
    act(event, {}, async (form) => {
      const input = form.input(LeavePooledNeed, oneIn(form))
      await event.locals.services.matching.pooledNeed.leave.mutate(input)
      done(input.pooledNeedId, 'leave')
    }),
}
