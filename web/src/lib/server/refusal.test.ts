import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { misfitSentence } from './misfit.ts'
import { sentence } from './problem.ts'
import { refusal, unreachable } from './refusal.ts'

const answered = (code: string, reason: string | null, rest: object = {}) =>
  TRPCClientError.from({
    error: {
      message: reason ?? 'internal',
      code: -32_000,
      data: { code, httpStatus: 400, path: 'offer.publish', reason, details: {}, fields: {}, ...rest },
    },
  })

test('a refusal is told by its code, its details and its fields', () => {
  const fields = { hoursPerWeek: { code: 'field.too_big', details: { origin: 'number', maximum: 40 } } }
  expect(refusal(answered('CONFLICT', 'offer.not_enough', { details: { left: 10 }, fields }))).toEqual({
    kind: 'conflict',
    status: 409,
    code: 'offer.not_enough',
    details: { left: 10 },
    fields,
  })
})

test('what broke is no refusal', () => {
  expect(refusal(answered('INTERNAL_SERVER_ERROR', null))).toBeNull()
  expect(refusal(new TypeError('x is not a function'))).toBeNull()
  expect(refusal(undefined)).toBeNull()
})

test('a service that is away is known from one that answers', async () => {
  const cause = await fetch('http://127.0.0.1:1/').catch((error: Error) => error)
  const away = TRPCClientError.from(cause as Error)
  expect([unreachable(away), refusal(away)]).toEqual([true, null])
  expect(unreachable(answered('NOT_FOUND', 'offer.not_found'))).toBe(false)
  expect(unreachable(new TypeError('x is not a function'))).toBe(false)
})

test('what is turned away at the door has only its status', () => {
  const turnedAway = (status: number) =>
    TRPCClientError.from(new Error('no answer of ours'), { meta: { response: new Response(null, { status }) } })
  expect(refusal(turnedAway(413))?.code).toBe('input.too_large')
  expect(refusal(turnedAway(429))?.status).toBe(429)
  expect([refusal(turnedAway(502)), unreachable(turnedAway(502))]).toEqual([null, false])
})

test('a code nobody has written about says that it was refused, not its name', () => {
  expect(sentence('nobody.wrote_this')).toBe('Det gick inte att genomföra. Inget har ändrats.')
  expect(misfitSentence({ code: 'nobody.wrote_this', details: {} })).not.toContain('nobody')
})
