import { roles } from '@samkraft/kernel'
import { z } from 'zod'
import { AuditView } from '../audit.ts'
import { Id } from '../command.ts'
import { cursorPage } from '../page.ts'
import { services } from '../subscriptions.ts'
import { organisationKinds, OrganisationFacts } from './events.ts'

const Instant = z.string()

/** Public facts of an organisation. */
export const OrganisationView = OrganisationFacts.extend({
  countyName: z.string().nullable(),
  skrGroupName: z.string().nullable(),
  populationYear: z.int().nullable(),
  /** Ten digits as written, `212000-2072`; null when the register has none. */
  organisationNumber: z.string().nullable(),
  /** The town the position is of. */
  seat: z.string().nullable(),
})
export type OrganisationView = z.infer<typeof OrganisationView>
export const OrganisationPage = cursorPage(OrganisationView)
export type OrganisationPage = z.infer<typeof OrganisationPage>

/** `secret` goes into the cookie and nowhere else; the session ends at `endsAt` however much it is used. */
export const SignedIn = z.object({ secret: z.string(), endsAt: Instant })
export type SignedIn = z.infer<typeof SignedIn>

const Membership = z.object({
  organisationId: Id,
  organisationName: z.string(),
  organisationShortName: z.string(),
  title: z.string(),
  roles: z.array(z.enum(roles)),
})

/** Who this request is made by, and the proof of it for each service. */
export const EnteredSession = z.object({
  personId: Id,
  organisationId: Id,
  roles: z.array(z.enum(roles)),
  /** `Skolchef` */
  title: z.string(),
  /** `Skolchef, Norbergs kommun` */
  displayName: z.string(),
  organisation: z.object({
    organisationId: Id,
    name: z.string(),
    shortName: z.string(),
    kind: z.enum(organisationKinds),
    /** Municipality code; null for others. */
    code: z.string().nullable(),
    countyCode: z.string().nullable(),
  }),
  /** All organisations the person may act for, the present one too, in order of name. */
  memberships: z.array(Membership),
  /** One actor token per service, each good at that service only. */
  tokens: z.record(z.enum(services), z.string()),
})
export type EnteredSession = z.infer<typeof EnteredSession>

export const SwitchedOrganisation = z.object({ organisationId: Id })
export type SwitchedOrganisation = z.infer<typeof SwitchedOrganisation>

export const PersonView = z.object({
  personId: Id,
  title: z.string(),
  roles: z.array(z.enum(roles)),
  disabled: z.boolean(),
  version: z.int(),
  /** For administrators only; null to others. */
  email: z.string().nullable(),
})
export type PersonView = z.infer<typeof PersonView>
export const PersonPage = cursorPage(PersonView)
export type PersonPage = z.infer<typeof PersonPage>

/** What a change to a membership answers; the list has the rest. */
export const ChangedPerson = z.object({ personId: Id, version: z.int() })
export type ChangedPerson = z.infer<typeof ChangedPerson>

/** `secret` is shown once, as part of a link: there is no mail to send it with. */
export const Invited = z.object({ invitationId: Id, secret: z.string(), expiresAt: Instant })
export type Invited = z.infer<typeof Invited>

/** A link to a new password for one of another organisation, and the address it is to be sent to. */
export const AllowedNewPassword = Invited.extend({ email: z.string() })
export type AllowedNewPassword = z.infer<typeof AllowedNewPassword>

/** An invitation that waits for its answer, as the inviting organisation's administrators see it. */
export const PendingInvitation = z.object({
  invitationId: Id,
  email: z.string(),
  title: z.string(),
  roles: z.array(z.enum(roles)),
  expiresAt: Instant,
  /** It goes to a member, who chooses a new password. */
  givesNewPassword: z.boolean(),
})
export type PendingInvitation = z.infer<typeof PendingInvitation>
export const PendingInvitationPage = cursorPage(PendingInvitation)
export type PendingInvitationPage = z.infer<typeof PendingInvitationPage>

export const WithdrawnInvitation = z.object({ invitationId: Id })
export type WithdrawnInvitation = z.infer<typeof WithdrawnInvitation>

/** An invitation as the one who holds its secret sees it. */
export const InvitationView = z.object({
  organisationName: z.string(),
  email: z.string(),
  title: z.string(),
  roles: z.array(z.enum(roles)),
  expiresAt: Instant,
  /** The address already signs in to Samkraft: acceptance asks for its present password, not a new one. */
  hasAccount: z.boolean(),
  /** Its holder is a member already and chooses a new password: `password.renew` instead of `invitation.accept`. */
  givesNewPassword: z.boolean(),
})
export type InvitationView = z.infer<typeof InvitationView>

export const AcceptedInvitation = z.object({ organisationId: Id, personId: Id })
export type AcceptedInvitation = z.infer<typeof AcceptedInvitation>

export const ChangedPassword = z.object({ personId: Id })
export type ChangedPassword = z.infer<typeof ChangedPassword>

export const AuditPage = cursorPage(
  AuditView.extend({
    /** The person's title in the own organisation; null when not of it. */
    title: z.string().nullable(),
  }),
)
export type AuditPage = z.infer<typeof AuditPage>
