import type { OrganisationView } from '@samkraft/contracts/identity'

/** A name as it is searched: lower case, without accents, so that `vasteras` finds Västerås. */
export function searchable(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
}

/** The organisation that somebody means by its municipality code, its name or its short one. */
export function organisationCalled(
  organisations: readonly OrganisationView[],
  called: string,
): OrganisationView | undefined {
  const said = called.trim().toLowerCase()
  return organisations.find(({ municipalityCode, name, shortName }) =>
    [municipalityCode, name, shortName].some((known) => known?.toLowerCase() === said),
  )
}

/** `Skolchef, Norbergs kommun`: what others see instead of a person's name. */
export function displayName(title: string, organisationName: string): string {
  return `${title}, ${organisationName}`
}

/** Whether two descriptions of an organisation say the same. */
export function sameFacts(a: OrganisationView, b: OrganisationView): boolean {
  return (Object.keys(a) as (keyof OrganisationView)[]).every((key) => a[key] === b[key])
}
