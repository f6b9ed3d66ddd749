import { SetFollowUp } from '@samkraft/contracts/arrangements'
import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { actOnArrangement } from '#lib/server/arrangements/act.ts'
import { mustCoordinate } from '#lib/server/coordination/coordinator.ts'
import { readAsked, worklistPage } from '#lib/server/coordination/worklist-page.ts'
import { withoutEmpty } from '#lib/server/marketplace/address.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url, depends, request }) => {
  mustCoordinate(locals.actor)
  depends(live('arrangement'))
  const clean = request.method === 'GET' ? withoutEmpty(url) : null
  if (clean) redirect(303, clean)
  return { ...(await worklistPage(locals, url)), saved: url.searchParams.get('gjort') }
}

export const actions: Actions = {
  followUp: (event) =>
    actOnArrangement(event, async (form) => {
      const input = form.input(SetFollowUp, {
        arrangementId: form.text('arrangementId'),
        version: form.number('version'),
        date: form.date('date') ?? null,
        note: form.text('note'),
      })
      await event.locals.services.arrangements.worklist.setFollowUp.mutate(input)
      const { arrangementId } = input
      const list = withQuery(paths.coordination, { ...readAsked(event.url), gjort: arrangementId })
      redirect(303, `${list}#rad-${arrangementId}`)
    }),
}
