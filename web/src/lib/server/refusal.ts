import type { ErrorKind } from '@samkraft/kernel'
import { TRPCClientError } from '@trpc/client'
import { z } from 'zod'
import type { Misfits } from './misfit.ts'

/** Why a service said no, in its own words; the web translates `code` and what is said of the fields. */
export type Refusal = Readonly<{
  kind: ErrorKind
  status: number
  code: string
  details: Readonly<Record<string, unknown>>
  fields: Misfits
}>

const Details = z.record(z.string(), z.unknown())

/** What services answer under `error.data`. */
const Answer = z.object({
  code: z.string(),
  reason: z.string().nullable(),
  details: Details,
  fields: z.record(z.string(), z.object({ code: z.string(), details: Details })),
})

const kinds: Readonly<Record<string, { kind: ErrorKind; status: number } | undefined>> = {
  BAD_REQUEST: { kind: 'invalid', status: 422 },
  UNAUTHORIZED: { kind: 'unauthenticated', status: 401 },
  FORBIDDEN: { kind: 'forbidden', status: 403 },
  NOT_FOUND: { kind: 'not_found', status: 404 },
  CONFLICT: { kind: 'conflict', status: 409 },
  SERVICE_UNAVAILABLE: { kind: 'unavailable', status: 503 },
}

/** What is refused at the service's door, before any procedure: only the status says why. */
const atTheDoor: Readonly<Record<number, Omit<Refusal, 'details' | 'fields'> | undefined>> = {
  413: { kind: 'invalid', status: 413, code: 'input.too_large' },
  429: { kind: 'unavailable', status: 429, code: 'auth.too_many_calls' },
}

/** The service's reason, or null when the call broke instead of being refused. */
export function refusal(cause: unknown): Refusal | null {
  if (!(cause instanceof TRPCClientError)) return null
  const turnedAway = atTheDoor[statusOf(cause) ?? 0]
  if (turnedAway) return { ...turnedAway, details: {}, fields: {} }
  const answer = Answer.safeParse(cause.data)
  const known = answer.success ? kinds[answer.data.code] : undefined
  if (!answer.success || !known || answer.data.reason === null) return null
  const { reason, details, fields } = answer.data
  return { ...known, code: reason, details, fields }
}

/** Whether a service could not be reached at all: nothing is known to have changed, and it may be back soon. */
export function unreachable(cause: unknown): boolean {
  return cause instanceof TRPCClientError && (cause.data ?? null) === null && statusOf(cause) === null
}

/** What a service answers; null while it is away, or when it refuses: for what a page can stand without. */
export async function ifAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask()
  } catch (cause) {
    if (!refusal(cause) && !unreachable(cause)) throw cause
    return null
  }
}

function statusOf({ meta }: TRPCClientError<never>): number | null {
  return meta?.response instanceof Response ? meta.response.status : null
}
