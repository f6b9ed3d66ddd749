import type { OrganisationKind } from '@samkraft/contracts/identity'
import type { Role } from '@samkraft/kernel'
import { m } from '#lib/i18n.ts'
import type { Option } from '#lib/ui/option.ts'

export const roleWords: Readonly<Record<Role, () => string>> = {
  officer: m.role_officer,
  manager: m.role_manager,
  decider: m.role_decider,
  chair: m.role_chair,
  signatory: m.role_signatory,
  coordinator: m.role_coordinator,
  process_support: m.role_process_support,
  registrar: m.role_registrar,
  administrator: m.role_administrator,
}

/** What each role may do, in a sentence. */
export const roleTasks: Readonly<Record<Role, () => string>> = {
  officer: m.role_officer_may,
  manager: m.role_manager_may,
  decider: m.role_decider_may,
  chair: m.role_chair_may,
  signatory: m.role_signatory_may,
  coordinator: m.role_coordinator_may,
  process_support: m.role_process_support_may,
  registrar: m.role_registrar_may,
  administrator: m.role_administrator_may,
}

export const organisationKindWords: Readonly<Record<OrganisationKind, () => string>> = {
  municipality: m.organisation_kind_municipality,
  region: m.organisation_kind_region,
  national_association: m.organisation_kind_national_association,
  university: m.organisation_kind_university,
  independent_provider: m.organisation_kind_independent_provider,
  development_environment: m.organisation_kind_development_environment,
  national_actor: m.organisation_kind_national_actor,
  municipal_federation: m.organisation_kind_municipal_federation,
}

/** SKR's municipality groups of 2023. */
const skrGroupWords: Readonly<Record<string, () => string>> = {
  A1: m.skr_group_a1,
  A2: m.skr_group_a2,
  B3: m.skr_group_b3,
  B4: m.skr_group_b4,
  B5: m.skr_group_b5,
  C6: m.skr_group_c6,
  C7: m.skr_group_c7,
  C8: m.skr_group_c8,
  C9: m.skr_group_c9,
}

/** `Pendlingskommun nära större stad (B4)`; null where there is no group. */
export function skrGroupName(group: string | null): string | null {
  if (group === null) return null
  const word = skrGroupWords[group]
  return word ? `${word()} (${group})` : group
}

/** Roles in words, with commas: `Enhetschef, Beslutsfattare`. */
export function rolesInWords(roles: readonly Role[]): string {
  return roles.map((role) => roleWords[role]()).join(', ')
}

/** Roles to choose among, each with what it may do. */
export function roleOptions(roles: readonly Role[]): Option[] {
  return roles.map((role) => ({ value: role, label: roleWords[role](), hint: roleTasks[role]() }))
}
