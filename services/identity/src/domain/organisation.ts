import type { OrganisationView } from '@samkraft/contracts/identity'

/** A name as it is searched: lower case, without accents, so that `vasteras` finds Västerås. */
export function searchable(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
}

/** `Skolchef, Norbergs kommun`: what others see instead of a person's name. */
export function displayName(title: string, organisationName: string): string {
  return `${title}, ${organisationName}`
}

/** Whether two descriptions of an organisation say the same. */
export function sameFacts(a: OrganisationView, b: OrganisationView): boolean {
  return (Object.keys(a) as (keyof OrganisationView)[]).every((key) => a[key] === b[key])
}
