import { AcceptArrangement, ApproveArrangement, SetDiaryNumber, SetFollowUp } from '@samkraft/contracts/arrangements'
import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { actOnArrangement } from '#lib/server/arrangements/act.ts'
import { nextWithoutDiary } from '#lib/server/arrangements/next-diary.ts'
import { arrangementPage } from '#lib/server/arrangements/page.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ params, locals, url, depends }) => {
  depends(live('arrangement'))
  const compared = Number(url.searchParams.get('version')) || null
  const done = url.searchParams.get('gjort')
  const [page, nextDiary] = await Promise.all([
    arrangementPage(locals, params.id, compared),
    done === 'diary' ? nextWithoutDiary(locals, params.id) : null,
  ])
  return { ...page, done, nextDiary }
}

const done = (id: string, what: string) => redirect(303, withQuery(paths.arrangement(id), { gjort: what }))

export const actions: Actions = {
  accept: (event) =>
    actOnArrangement(event, async (form) => {
      const { id } = event.params
      const input = form.input(AcceptArrangement, { arrangementId: id, version: form.number('version') })
      await event.locals.services.arrangements.arrangement.accept.mutate(input)
      done(id, 'accept')
    }),
  approve: (event) =>
    actOnArrangement(event, async (form) => {
      const { id } = event.params
      const input = form.input(ApproveArrangement, { arrangementId: id, version: form.number('version') })
      await event.locals.services.arrangements.arrangement.approve.mutate(input)
      done(id, 'approve')
    }),
  diary: (event) =>
    actOnArrangement(event, async (form) => {
      const { id } = event.params
      const input = form.input(SetDiaryNumber, {
        arrangementId: id,
        version: form.number('version'),
        diaryNumber: form.nullable('diaryNumber'),
      })
      await event.locals.services.arrangements.arrangement.setDiaryNumber.mutate(input)
      done(id, 'diary')
    }),
  followUp: (event) =>
    actOnArrangement(event, async (form) => {
      const { id } = event.params
      const input = form.input(SetFollowUp, {
        arrangementId: id,
        version: form.number('version'),
        date: form.date('date') ?? null,
        note: form.text('note'),
      })
      await event.locals.services.arrangements.worklist.setFollowUp.mutate(input)
      done(id, 'follow_up')
    }),
}
