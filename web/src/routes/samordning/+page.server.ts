import { SetFollowUp } from '@samkraft/contracts/arrangements'
import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { actOnArrangement } from '#lib/server/arrangements/act.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { readAsked, worklistPage } from '#lib/server/coordination/worklist-page.ts'
import { withoutEmpty } from '#lib/server/marketplace/address.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals, url, depends, request }) => {
  mustCoordinate(locals.actor)
  depends(live('arrangement'))
  const clean = request.method === 'GET' ? withoutEmpty(url) : null
  if (clean) redirect(303, clean)
  return worklistPage(locals, url)
}

export const actions: Actions = {
  followUp: (event) =>
    actOnArrangement(event, async (form) => {
      const input = form.input(SetFollowUp, {
        arrangementId: form.text('arrangementId'),
        date: form.date('date') ?? null,
        note: form.text('note'),
      })
      await event.locals.services.arrangements.worklist.setFollowUp.mutate(input)
      redirect(303, `${withQuery(paths.coordination, readAsked(event.url))}#rad-${input.arrangementId}`)
    }),
}
