import { DomainError } from '@samkraft/kernel'
import { type AnyRouter, callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, TRPCError } from '@trpc/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import type { Context } from 'hono'
import type { Request } from './api.ts'

type Answer = { error: TRPCError } | { data: unknown }

/** What goes with every answer: a caller is never to guess at it, keep it or show it as a page. */
const headers = {
  'content-type': 'application/json',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const

/**
 * An answer with all its headers at once. They stay the plain object they are, which the server writes out as it stands;
 * every other way of setting them builds a `Headers` first, which costs as much as the call itself.
 */
export function jsonAnswer(body: object, status: number, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { ...headers, ...more } })
}

/**
 * Answers one tRPC call, as the protocol of `httpLink` has it: GET asks a query, POST runs a mutation or asks a query whose
 * input does not belong in an address, and no other method carries a call. No batches and no streams, which halves the work
 * of the general adapter: services answer web only, over a connection that stays open.
 */
export async function answerCall<Services extends object>(
  router: AnyRouter,
  { req }: Context,
  path: string,
  ctx: Services & Request,
): Promise<Response> {
  const asks = req.method === 'GET'
  const answer = await callTRPCProcedure({
    router,
    path,
    type: asks ? 'query' : 'mutation',
    allowMethodOverride: !asks,
    ctx,
    getRawInput: async () => parse(asks ? req.query('input') : await req.text()),
    signal: undefined,
    batchIndex: 0,
  }).then(
    (data: unknown): Answer => ({ data }),
    (error: unknown): Answer => ({ error: getTRPCErrorFromUnknown(error) }),
  )
  if ('data' in answer) return jsonAnswer({ result: answer }, 200)
  const { error } = answer
  const shape = getTRPCErrorShape({ config: router._def._config, error, type: 'unknown', path, input: undefined, ctx })
  return jsonAnswer({ error: shape }, getHTTPStatusCodeFromError(error), retryAfter(error))
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
