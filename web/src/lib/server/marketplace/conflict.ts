import type { RequestEvent } from '@sveltejs/kit'
import type { ConflictRow } from '#lib/marketplace/found.ts'
import { Overtaken } from '../form.ts'
import { refusal } from '../refusal.ts'
import type { Details, Kind } from './kind.ts'
import { lookupsOf } from './lookups.ts'

type Written = Readonly<{ step: string; typed: Details }>

/** Sends what was written; a stale version is refused with what others have changed, beside what was typed. */
export async function tellingConflict<Result>(
  kind: Kind,
  event: RequestEvent,
  written: Written,
  send: () => Promise<Result>,
): Promise<Result> {
  try {
    return await send()
  } catch (cause) {
    const refused = refusal(cause)
    if (refused?.code !== `${kind.noun}.stale`) throw cause
    const { version, changed } = refused.details as { version: number; changed: Details }
    throw new Overtaken(refused.code, { version, conflict: await conflictIn(kind, event, written, changed) })
  }
}

/** Each field others have changed, as long as it is not what was typed. */
async function conflictIn(
  kind: Kind,
  { locals }: RequestEvent,
  { step, typed }: Written,
  changed: Details,
): Promise<ConflictRow[]> {
  const look = await lookupsOf(locals)
  const [now, yours] = [kind.answersOf(changed, look), kind.answersOf(typed, look)]
  return Object.keys(changed)
    .filter((field) => field in now)
    .map((field) => ({
      field,
      label: kind.labels[field]?.() ?? '',
      yours: kind.fieldsOf(step).includes(field) ? (yours[field] ?? '') : null,
      now: now[field] ?? null,
    }))
    .filter(({ yours, now }) => yours !== (now ?? ''))
}
