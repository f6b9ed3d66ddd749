import { auditRouter } from './audit.router.ts'
import { invitationRouter } from './invitation.router.ts'
import { organisationRouter } from './organisation.router.ts'
import { passwordRouter } from './password.router.ts'
import { personRouter } from './person.router.ts'
import { sessionRouter } from './session.router.ts'
import { router as compose } from './trpc.ts'

export const router = compose({
  session: sessionRouter,
  organisation: organisationRouter,
  person: personRouter,
  invitation: invitationRouter,
  password: passwordRouter,
  audit: auditRouter,
})

export type Router = typeof router
