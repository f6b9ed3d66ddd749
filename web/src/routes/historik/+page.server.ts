import { redirect } from '@sveltejs/kit'
import { live } from '#lib/live.ts'
import { paths, withQuery } from '#lib/paths.ts'
import { areaWords } from '#lib/server/history/area-words.ts'
import { readAsked } from '#lib/server/history/asked.ts'
import { whyNotCheck } from '#lib/server/history/check.ts'
import { describe, withoutVersions } from '#lib/server/history/describe.ts'
import { namesIn } from '#lib/server/history/names.ts'
import { areas, readLog } from '#lib/server/history/read-log.ts'
import { withoutEmpty } from '#lib/server/marketplace/address.ts'
import type { PageServerLoad } from './$types'

const shown = 25

export const load: PageServerLoad = async ({ url, locals, depends }) => {
  depends(live('person'), live('invitation'), live('offer'), live('request'), live('arrangement'))
  const clean = withoutEmpty(url)
  if (clean) redirect(303, clean)
  const { query, values, state } = readAsked(url)
  const { items, next } = await readLog(locals.services, query, shown)
  const names = await namesIn(locals, items)
  const entries = items.map((entry) => withoutVersions(describe(entry, names)))
  return {
    entries,
    values,
    state,
    areas: areas.map((area) => ({ value: area, label: areaWords[area]() })),
    /** The one thing it is about, when it is about one. */
    about: query.subjectId ? (entries.find(({ about }) => about !== null)?.about ?? null) : null,
    first: query.cursor ? withQuery(paths.history, values) : null,
    next: next && withQuery(paths.history, { ...values, efter: next }),
    file: withQuery(paths.historyFile, values),
    checking: whyNotCheck(locals.actor),
    now: new Date().toISOString(),
  }
}
