import { randomUUID } from 'node:crypto'
import { createLog } from '@samkraft/http'
import { type Role, roles } from '@samkraft/kernel'
import fc from 'fast-check'
import { expect } from 'vitest'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import { aMember, test } from './builders.ts'

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\0', 'a\0b', '\ud800', "'; drop table person; --", '%', '🜁'.repeat(300), 'a@b.example', '19'),
  fc.uuid(),
  fc.date({ noInvalidDate: true }).map((date) => `${date.toISOString().slice(0, 23)}000Z_${randomUUID()}_1`),
  fc.string().map((text) => Buffer.from(JSON.stringify([text, randomUUID()])).toString('base64url')),
)
const value = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.constantFrom(null, undefined, true, [], {}),
  fc.array(fc.oneof(nasty, fc.constantFrom<Role>(...roles)), { maxLength: 12 }),
)
const names = [
  'commandKey email password secret replaces organisationId personId invitationId version roles title',
  'search countyCode kind cursor limit subjectId currentPassword newPassword',
].flatMap((line) => line.split(' '))
/** Half of the time what belongs there, so that the input gets past the first check. */
const sound = {
  commandKey: fc.uuid(),
  organisationId: fc.uuid(),
  personId: fc.uuid(),
  invitationId: fc.uuid(),
  version: fc.constant(1),
  title: fc.constant('Rektor'),
  email: fc.constant('ny@kommun.example'),
  roles: fc.constant(['officer']),
  limit: fc.constant(5),
}
const input = fc.record(
  Object.fromEntries(
    names.map((name) => [name, name in sound ? fc.oneof(value, sound[name as keyof typeof sound]) : value]),
  ),
  { requiredKeys: [] },
)

test('no input breaks a procedure', async ({ db, services }) => {
  const actor = await aMember(db, { roles })
  const log = createLog('identity', 'silent')
  const create = createCallerFactory(router)
  const paths = Object.keys(router._def.procedures)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), input, async (path, given) => {
      const caller = create({ ...services, log, actor, requestId: randomUUID(), address: randomUUID() })
      const [noun = '', verb = ''] = path.split('.')
      // Any procedure with any input: what the types would refuse is what this is about.
      const nouns = caller as unknown as Record<string, Record<string, (input: unknown) => Promise<unknown>>>
      const outcome: unknown = await nouns[noun]?.[verb]?.(given).catch((error: unknown) => error)
      if (outcome instanceof Error) expect(outcome).not.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    }),
    { numRuns: 3_000 },
  )
})
