import { testWithDatabase } from '@samkraft/db/testing'
import type { Base } from '@samkraft/db'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { createLog } from '../src/index.ts'

const test = testWithDatabase<Base>({})

/** What a service's log says when it is told this. */
function logged(facts: object): string {
  let text = ''
  createLog('identity', 'info', { write: (line) => (text += line) }).error(facts, 'failed')
  return text
}

test('what might identify a person or open a door is masked, by itself or as a part of something (ASVS 16.2.5)', () => {
  const hidden = {
    ...{ password: 'parrot-1', secret: 'parrot-2', token: 'parrot-3' },
    ...{ email: 'parrot-4@kommun.example', authorization: 'Bearer parrot-5', cookie: '__Host-samkraft=parrot-6' },
  }
  const text = logged({ ...hidden, input: hidden, path: 'session.signIn' })
  expect(text).not.toContain('parrot')
  expect(text.match(/\[masked\]/g)).toHaveLength(12)
})

test('a line is of one shape in all processes: when, how grave, of which service', () => {
  const line: unknown = JSON.parse(logged({ path: 'session.signIn' }))
  const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(line).toEqual({ level: 'error', time, service: 'identity', path: 'session.signIn', msg: 'failed' })
})

test('of what the database refused the rule is logged, and not the values', async ({ admin }) => {
  await sql`create table person (email text unique)`.execute(admin)
  const join = () => sql`insert into person values ('parrot@kommun.example')`.execute(admin)
  await join()
  const err: unknown = await join().catch((error: unknown) => error)
  expect(err).toMatchObject({ detail: expect.stringContaining('parrot') })
  const text = logged({ err })
  expect(text).toContain('person_email_key')
  expect(text).not.toContain('parrot')
})
