import {
  AllowNewPassword,
  ChangedPerson,
  ChangeRoles,
  ChangeTitle,
  DisablePerson,
  EnablePerson,
  Invited,
  InvitePerson,
  ListPeople,
  PersonPage,
} from '@samkraft/contracts/identity'
import { allowNewPassword } from '../app/allow-new-password.ts'
import { changeRoles } from '../app/change-roles.ts'
import { changeTitle } from '../app/change-title.ts'
import { disablePerson } from '../app/disable-person.ts'
import { enablePerson } from '../app/enable-person.ts'
import { invitePerson } from '../app/invite-person.ts'
import { listPeople } from '../app/list-people.ts'
import { procedure, router } from './trpc.ts'

export const personRouter = router({
  list: procedure
    .input(ListPeople)
    .output(PersonPage)
    .query(({ ctx, input }) => listPeople(ctx, input)),
  invite: procedure
    .input(InvitePerson)
    .output(Invited)
    .mutation(({ ctx, input }) => invitePerson(ctx, input)),
  changeTitle: procedure
    .input(ChangeTitle)
    .output(ChangedPerson)
    .mutation(({ ctx, input }) => changeTitle(ctx, input)),
  changeRoles: procedure
    .input(ChangeRoles)
    .output(ChangedPerson)
    .mutation(({ ctx, input }) => changeRoles(ctx, input)),
  disable: procedure
    .input(DisablePerson)
    .output(ChangedPerson)
    .mutation(({ ctx, input }) => disablePerson(ctx, input)),
  enable: procedure
    .input(EnablePerson)
    .output(ChangedPerson)
    .mutation(({ ctx, input }) => enablePerson(ctx, input)),
  allowNewPassword: procedure
    .input(AllowNewPassword)
    .output(Invited)
    .mutation(({ ctx, input }) => allowNewPassword(ctx, input)),
})
