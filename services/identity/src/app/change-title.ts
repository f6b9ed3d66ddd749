import type { ChangedPerson, ChangeTitle } from '@samkraft/contracts/identity'
import type { MemberContext } from '../context.ts'
import { changeTitle as titleChanged } from '../domain/membership.ts'
import { changeMember } from './change-member.ts'

/**
 * Gives a member another title. The history says that it was done but not which: what people write is not kept for ever.
 * Throws `not_found person.not_found`, `conflict person.changed`.
 */
export function changeTitle(ctx: MemberContext, input: ChangeTitle): Promise<ChangedPerson> {
  return changeMember(ctx, 'person.changeTitle', input, async (_tx, membership) =>
    titleChanged(membership, input.title),
  )
}
