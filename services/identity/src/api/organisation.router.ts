import {
  AllowAdministratorNewPassword,
  AllowedNewPassword,
  GetOrganisation,
  ListOrganisations,
  OrganisationPage,
  OrganisationView,
} from '@samkraft/contracts/identity'
import { allowAdministratorNewPassword } from '../app/allow-administrator-new-password.ts'
import { getOrganisation } from '../app/get-organisation.ts'
import { listOrganisations } from '../app/list-organisations.ts'
import { procedure, router } from './trpc.ts'

export const organisationRouter = router({
  list: procedure
    .input(ListOrganisations)
    .output(OrganisationPage)
    .query(({ ctx, input }) => listOrganisations(ctx, input)),
  get: procedure
    .input(GetOrganisation)
    .output(OrganisationView)
    .query(({ ctx, input }) => getOrganisation(ctx, input)),
  allowNewPassword: procedure
    .input(AllowAdministratorNewPassword)
    .output(AllowedNewPassword)
    .mutation(({ ctx, input }) => allowAdministratorNewPassword(ctx, input)),
})
