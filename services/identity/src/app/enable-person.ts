import type { ChangedPerson, EnablePerson } from '@samkraft/contracts/identity'
import type { MemberContext } from '../context.ts'
import { enable } from '../domain/membership.ts'
import { changeMember } from './change-member.ts'

/** Lets a member back in, to sign in anew. Throws `not_found person.not_found`, `conflict person.changed | person.not_disabled`. */
export function enablePerson(ctx: MemberContext, input: EnablePerson): Promise<ChangedPerson> {
  return changeMember(ctx, 'person.enable', input, async (_tx, membership) => enable(membership))
}
