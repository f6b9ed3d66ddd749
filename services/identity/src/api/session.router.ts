import {
  EnteredSession,
  EnterSession,
  SignedIn,
  SignIn,
  SignOut,
  SwitchedOrganisation,
  SwitchOrganisation,
} from '@samkraft/contracts/identity'
import { z } from 'zod'
import { enterSession } from '../app/enter-session.ts'
import { signIn } from '../app/sign-in.ts'
import { signOut } from '../app/sign-out.ts'
import { switchOrganisation } from '../app/switch-organisation.ts'
import { open, procedure, router } from './trpc.ts'

export const sessionRouter = router({
  signIn: open
    .input(SignIn)
    .output(SignedIn)
    .mutation(({ ctx, input }) => signIn(ctx, input)),
  // A mutation: it notes that the session was used, and a secret must not stand in an address.
  enter: open
    .input(EnterSession)
    .output(EnteredSession)
    .mutation(({ ctx, input }) => enterSession(ctx, input)),
  signOut: open
    .input(SignOut)
    .output(z.void())
    .mutation(({ ctx, input }) => signOut(ctx, input)),
  switchOrganisation: procedure
    .input(SwitchOrganisation)
    .output(SwitchedOrganisation)
    .mutation(({ ctx, input }) => switchOrganisation(ctx, input)),
})
