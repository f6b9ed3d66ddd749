import type { Permissions } from '@samkraft/contracts'
import { translateFailure } from '@samkraft/db'
import { type Actor, DomainError, type ErrorDetails, type ErrorKind } from '@samkraft/kernel'
import { initTRPC, TRPCError } from '@trpc/server'
import { ZodError } from 'zod'
import { FieldProblems, fieldProblems } from './fields.ts'
import type { Log } from './log.ts'
import { assertMay } from './policy.ts'

/** What every call knows besides the service's own context. */
export type Request = Readonly<{
  actor: Actor | null
  /** Follows the change through every service, job and log line. */
  requestId: string
  /** The caller's address, for throttling only; never logged or stored. */
  address: string
}>

const codes = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  not_found: 'NOT_FOUND',
  conflict: 'CONFLICT',
  unavailable: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<ErrorKind, TRPCError['code']>

/** What a refusal looks like on the wire, under `error.data`. */
type Refusal = Readonly<{
  /** A message key, or null when something broke. */
  reason: string | null
  details: ErrorDetails
  /** What is wrong with the input, by field path (`segments.0.hoursPerWeek`). */
  fields: ReturnType<typeof fieldProblems>
}>

function refusalOf(error: TRPCError): Refusal {
  const { cause } = error
  if (cause instanceof DomainError) {
    // What only a service can check (a date that has passed, a draft that lacks something) names its fields the same way.
    const { fields, ...details } = cause.details
    return { reason: cause.code, details, fields: FieldProblems.safeParse(fields).data ?? {} }
  }
  if (error.code === 'BAD_REQUEST' && cause instanceof ZodError)
    return { reason: 'input.invalid', details: {}, fields: fieldProblems(cause) }
  return { reason: error.code === 'INTERNAL_SERVER_ERROR' ? null : 'input.unreadable', details: {}, fields: {} }
}

/**
 * tRPC as this house uses it: one base procedure, its policy looked up by path, errors translated.
 * `procedure` needs a signed-in actor; `open` is for the few that `anyone` may call.
 */
export function createApi<Services extends object>(permissions: Permissions) {
  const t = initTRPC.context<Services & Request & { log: Log }>().create({
    isDev: false,
    errorFormatter: ({ shape, error }) => {
      const refusal = refusalOf(error)
      // An unexpected error says nothing to the outside.
      return {
        ...shape,
        message: refusal.reason ?? 'internal',
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, ...refusal },
      }
    },
  })

  type Call = { ctx: Request & { log: Log }; path: string }

  /** What went wrong as the caller may know it; the rest goes to the log. */
  function refused({ ctx, path }: Call, thrown: TRPCError): TRPCError {
    const { requestId, actor, log } = ctx
    const facts = { requestId, path, personId: actor?.personId, organisationId: actor?.organisationId }
    const cause = translateFailure(thrown.cause)
    if (cause instanceof DomainError) {
      log.info({ ...facts, kind: cause.kind, code: cause.code }, 'refused')
      return new TRPCError({ code: codes[cause.kind], message: cause.code, cause })
    }
    if (thrown.code === 'INTERNAL_SERVER_ERROR') log.error({ ...facts, err: thrown.cause ?? thrown }, 'failed')
    else log.info({ ...facts, code: thrown.code }, 'refused')
    return thrown
  }

  function mayCall(call: Call): void {
    try {
      assertMay(call.ctx.actor, call.path, permissions[call.path])
    } catch (cause) {
      throw refused(call, new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause }))
    }
  }

  // A middleware sees a failed result; it is not thrown through it. One middleware each: every further one copies the context.
  const open = t.procedure.use(async ({ ctx, next, path }) => {
    mayCall({ ctx, path })
    const result = await next()
    if (!result.ok) throw refused({ ctx, path }, result.error)
    return result
  })
  const procedure = t.procedure.use(async ({ ctx, next, path }) => {
    mayCall({ ctx, path })
    const { actor } = ctx
    if (!actor) throw new Error(`${path} is open to anyone and must not be built on a procedure that knows its actor`)
    const result = await next({ ctx: { actor } })
    if (!result.ok) throw refused({ ctx, path }, result.error)
    return result
  })
  return { router: t.router, procedure, open, createCallerFactory: t.createCallerFactory }
}
