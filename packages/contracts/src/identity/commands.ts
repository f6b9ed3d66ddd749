import { roles } from '@samkraft/kernel'
import { z } from 'zod'
import { Command, CountyCode, Id, VersionedCommand } from '../command.ts'
import { PageInput } from '../page.ts'
import { oneLine } from '../text.ts'
import { organisationKinds } from './events.ts'

export const passwordLength = { least: 12, most: 200 } as const

/** What a person signs in with; kept and compared in lower case. What is copied along unseen is no part of it. */
export const Email = z
  .string()
  .overwrite((pasted) => pasted.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''))
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email())

/** A password someone chooses; further rules (common ones refused) are in identity's domain. No rule of composition. */
export const NewPassword = z.string().min(passwordLength.least).max(passwordLength.most)

/** A password someone claims to have: no rules, so that its refusal says nothing. */
const GivenPassword = z.string().min(1).max(1_000)

/** As `session.signIn` and `person.invite` give them; anything else opens nothing, and is refused like a secret that has died. */
export const Secret = z.string().max(100)

export const Roles = z
  .array(z.enum(roles))
  .min(1)
  .max(roles.length)
  .transform((chosen) => roles.filter((role) => chosen.includes(role)))

export const SignIn = z.object({
  email: Email,
  password: GivenPassword,
  /** The session this browser had; it ends when the new one starts. */
  replaces: Secret.optional(),
})
export type SignIn = z.infer<typeof SignIn>

export const EnterSession = z.object({
  secret: Secret,
  /** An open page asks by itself and nobody has done anything: the session is not kept alive by it. */
  byItself: z.boolean().optional(),
})
export type EnterSession = z.infer<typeof EnterSession>

export const SignOut = z.object({ secret: Secret })
export type SignOut = z.infer<typeof SignOut>

export const SwitchOrganisation = Command.extend({ secret: Secret, organisationId: Id })
export type SwitchOrganisation = z.infer<typeof SwitchOrganisation>

export const ListOrganisations = PageInput.extend({
  /** Part of a name, with or without å, ä, ö and capitals. */
  search: oneLine(100).optional(),
  countyCode: CountyCode.optional(),
  kind: z.enum(organisationKinds).optional(),
})
export type ListOrganisations = z.infer<typeof ListOrganisations>

export const GetOrganisation = z.object({ organisationId: Id })
export type GetOrganisation = z.infer<typeof GetOrganisation>

export const ListPeople = PageInput
export type ListPeople = z.infer<typeof ListPeople>

/** The function, such as `Skolchef`: what others see instead of a name. */
const Title = oneLine(80)

export const InvitePerson = Command.extend({
  email: Email,
  title: Title,
  roles: Roles,
})
export type InvitePerson = z.infer<typeof InvitePerson>

export const ChangeTitle = VersionedCommand.extend({ personId: Id, title: Title })
export type ChangeTitle = z.infer<typeof ChangeTitle>

export const ChangeRoles = VersionedCommand.extend({ personId: Id, roles: Roles })
export type ChangeRoles = z.infer<typeof ChangeRoles>

export const DisablePerson = VersionedCommand.extend({ personId: Id })
export type DisablePerson = z.infer<typeof DisablePerson>

export const EnablePerson = VersionedCommand.extend({ personId: Id })
export type EnablePerson = z.infer<typeof EnablePerson>

export const AllowNewPassword = Command.extend({ personId: Id })
export type AllowNewPassword = z.infer<typeof AllowNewPassword>

export const AllowAdministratorNewPassword = Command.extend({ organisationId: Id })
export type AllowAdministratorNewPassword = z.infer<typeof AllowAdministratorNewPassword>

export const ListInvitations = PageInput
export type ListInvitations = z.infer<typeof ListInvitations>

export const WithdrawInvitation = Command.extend({ invitationId: Id })
export type WithdrawInvitation = z.infer<typeof WithdrawInvitation>

export const GetInvitation = z.object({ secret: Secret })
export type GetInvitation = z.infer<typeof GetInvitation>

export const AcceptInvitation = Command.extend({
  secret: Secret,
  /** A new password; the present one when `invitation.get` said `hasAccount`. */
  password: GivenPassword,
})
export type AcceptInvitation = z.infer<typeof AcceptInvitation>

export const ChangePassword = Command.extend({
  currentPassword: GivenPassword,
  newPassword: NewPassword,
  /** The session that stays; all others of the person end. */
  secret: Secret,
})
export type ChangePassword = z.infer<typeof ChangePassword>

export const RenewPassword = Command.extend({
  /** Of an invitation that gives a new password. */
  secret: Secret,
  password: GivenPassword,
})
export type RenewPassword = z.infer<typeof RenewPassword>
