import {
  AcceptedInvitation,
  AcceptInvitation,
  GetInvitation,
  InvitationView,
  ListInvitations,
  PendingInvitationPage,
  WithdrawInvitation,
  WithdrawnInvitation,
} from '@samkraft/contracts/identity'
import { acceptInvitation } from '../app/accept-invitation.ts'
import { getInvitation } from '../app/get-invitation.ts'
import { listInvitations } from '../app/list-invitations.ts'
import { withdrawInvitation } from '../app/withdraw-invitation.ts'
import { open, procedure, router } from './trpc.ts'

export const invitationRouter = router({
  list: procedure
    .input(ListInvitations)
    .output(PendingInvitationPage)
    .query(({ ctx, input }) => listInvitations(ctx, input)),
  withdraw: procedure
    .input(WithdrawInvitation)
    .output(WithdrawnInvitation)
    .mutation(({ ctx, input }) => withdrawInvitation(ctx, input)),
  // Changes nothing, yet a mutation: a secret must not stand in an address.
  get: open
    .input(GetInvitation)
    .output(InvitationView)
    .mutation(({ ctx, input }) => getInvitation(ctx, input)),
  accept: open
    .input(AcceptInvitation)
    .output(AcceptedInvitation)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input)),
})
