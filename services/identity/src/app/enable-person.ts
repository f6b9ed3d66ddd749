import type { ChangedPerson, EnablePerson } from '@samkraft/contracts/identity'
import type { MemberContext } from '../context.ts'
import { closeSessionsIn } from '../db/sessions.ts'
import { enable } from '../domain/membership.ts'
import { changeMember } from './change-member.ts'

/** Lets a member back in, to sign in anew. Throws `not_found person.not_found`, `conflict person.changed | person.not_disabled`. */
export function enablePerson(ctx: MemberContext, input: EnablePerson): Promise<ChangedPerson> {
  return changeMember(ctx, 'person.enable', input, async (tx, membership) => {
    const enabled = enable(membership)
    // One that began as they were blocked has been good for nothing since, and would be from now on.
    await closeSessionsIn(tx, membership)
    return enabled
  })
}
