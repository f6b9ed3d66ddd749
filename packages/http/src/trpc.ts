import type { HttpBindings } from '@hono/node-server'
import { DomainError } from '@samkraft/kernel'
import { type AnyRouter, callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { Context } from 'hono'
import type { Request } from './api.ts'

type Answer = { error: TRPCError } | { data: unknown }

/**
 * Answers one tRPC call, as the protocol of `httpLink` has it: GET asks a query, POST runs a mutation or asks a query whose
 * input does not belong in an address, and no other method carries a call. No batches and no streams, which halves the work
 * of the general adapter: services answer web only, over a connection that stays open.
 */
export function answerCalls<Services extends object>(
  router: AnyRouter,
  prefix: string,
  contextOf: (c: Context<{ Bindings: HttpBindings }>) => Services & Request,
): (c: Context<{ Bindings: HttpBindings }>) => Promise<Response> {
  return async (c) => {
    const path = c.req.path.slice(prefix.length)
    const ctx = contextOf(c)
    const asks = c.req.method === 'GET'
    const getRawInput = () => (asks ? parse(c.req.query('input')) : c.req.text().then(parse))
    const call = () =>
      callTRPCProcedure({
        router,
        path,
        type: asks ? 'query' : 'mutation',
        allowMethodOverride: !asks,
        ctx,
        getRawInput: async () => getRawInput(),
        signal: undefined,
        batchIndex: 0,
      })
    const isSpoken = asks || c.req.method === 'POST'
    const unspoken = () => Promise.reject(new TRPCError({ code: 'METHOD_NOT_SUPPORTED' }))
    const answer = await (isSpoken ? call() : unspoken()).then(
      (data: unknown): Answer => ({ data }),
      (error: unknown): Answer => ({ error: getTRPCErrorFromUnknown(error) }),
    )
    if ('data' in answer) return c.body(JSON.stringify({ result: answer }), 200, { 'content-type': 'application/json' })
    const { error } = answer
    const shape = getTRPCErrorShape({
      config: router._def._config,
      error,
      type: 'unknown',
      path,
      input: undefined,
      ctx,
    })
    // An HTTP status by construction; Hono wants to know which of them have a body.
    const status = getHTTPStatusCodeFromError(error) as 400 | 500
    return c.body(JSON.stringify({ error: shape }), status, {
      'content-type': 'application/json',
      ...retryAfter(error),
    })
  }
}

function parse(text: string | undefined): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new TRPCError({ code: 'PARSE_ERROR', cause })
  }
}

function retryAfter(error: TRPCError): Record<string, string> {
  if (error.code !== 'SERVICE_UNAVAILABLE') return {}
  const wait = error.cause instanceof DomainError ? error.cause.details.retryAfterSeconds : undefined
  return { 'retry-after': typeof wait === 'number' ? String(wait) : '2' }
}
