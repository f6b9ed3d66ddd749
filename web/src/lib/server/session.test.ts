import { expect, test } from 'vitest'
import { sessionCookie } from './session.ts'

test('over TLS the session is bound to this host and to secure transport, and without it Safari keeps it too', () => {
  const common = { path: '/', httpOnly: true, sameSite: 'lax' }
  expect(sessionCookie(true)).toEqual({ name: '__Host-samkraft', attributes: { ...common, secure: true } })
  expect(sessionCookie(false)).toEqual({ name: 'samkraft', attributes: { ...common, secure: false } })
})
