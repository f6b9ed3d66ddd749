import { m } from '#lib/i18n.ts'
import { myOfferTitle, myRequestTitle } from '#lib/marketplace/words.ts'
import { paths } from '#lib/paths.ts'
import { competenceNames } from '../competence-names.ts'
import { peopleOf } from '../identity/people.ts'
import { lookupsOf, type Lookups } from '../marketplace/lookups.ts'
import { organisationNames } from '../organisation-names.ts'
import type { LogEntry } from './read-log.ts'

/** A word that may lead somewhere. */
export type Reference = Readonly<{ text: string; href: string | null }>

/** What the ids in a log are called. */
export type Names = Readonly<{
  own: string
  /** A colleague's title; null for those who are not of the own organisation. */
  person: (id: string) => string | null
  organisation: (id: string) => Reference
  /** One of the own by its heading; another's by what it is. */
  offer: (id: string) => Reference
  request: (id: string) => Reference
  /** By its reference; by what it is when it is not among the newest of the own. */
  arrangement: (id: string) => Reference
  competence: (slug: string) => string
  look: Lookups
}>

/** Reads the names of everything these entries speak of. */
export async function namesIn(
  { services, actor }: Pick<App.Locals, 'services' | 'actor'>,
  entries: readonly LogEntry[],
): Promise<Names> {
  const { offer, request } = services.marketplace
  const mentions = (area: LogEntry['area']) => entries.some((entry) => entry.area === area)
  const market = mentions('marketplace') || mentions('arrangements')
  const [people, nameOf, competence, offers, requests, arrangements, look] = await Promise.all([
    peopleOf(services),
    organisationNames(services, organisationsIn(entries)),
    competenceNames(services),
    market ? offer.mine.query({ limit: 100 }) : null,
    market ? request.mine.query({ limit: 100 }) : null,
    mentions('marketplace') ? services.arrangements.arrangement.list.query({ limit: 100 }) : null,
    mentions('marketplace') ? lookupsOf({ services, actor }) : noLookups,
  ])
  const titles = new Map(people.map(({ personId, title }) => [personId, title]))
  const references = new Map((arrangements?.items ?? []).map(({ id, reference }) => [id, reference]))
  const own = actor?.organisationId ?? ''
  return {
    own,
    person: (id) => titles.get(id) ?? null,
    organisation: (id) => ({
      text: nameOf(id).name,
      href: id === own ? paths.organisation : paths.otherOrganisation(id),
    }),
    offer: listed(offers?.items ?? [], myOfferTitle, {
      other: m.log_the_offer(),
      path: paths.offer,
      draft: paths.offerDraft,
    }),
    request: listed(requests?.items ?? [], myRequestTitle, {
      other: m.log_the_request(),
      path: paths.request,
      draft: paths.requestDraft,
    }),
    arrangement: (id) => ({ text: references.get(id) ?? m.log_the_arrangement(), href: paths.arrangement(id) }),
    competence,
    look,
  }
}

const noLookups: Lookups = { competence: (slug) => slug, municipality: (code) => code ?? '' }

type Mine = Readonly<{ id: string; status: string; reference: string | null }>

function listed<One extends Mine>(
  mine: readonly One[],
  titleOf: (one: One) => string,
  { other, path, draft }: { other: string; path: (id: string) => string; draft: (id: string) => string },
): (id: string) => Reference {
  const known = new Map(mine.map((one) => [one.id, one]))
  return (id) => {
    const one = known.get(id)
    if (!one) return { text: other, href: path(id) }
    const title = one.reference === null ? titleOf(one) : `${titleOf(one)} · ${one.reference}`
    return { text: title, href: one.status === 'draft' ? draft(id) : path(id) }
  }
}

/** Whose names are asked for: those who acted, and those the states speak of. */
function organisationsIn(entries: readonly LogEntry[]): string[] {
  const found = new Set<string>()
  const search = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'organisationId' && typeof inner === 'string') found.add(inner)
      else search(inner)
    }
  }
  for (const { organisationId, before, after } of entries) {
    found.add(organisationId)
    search(before)
    search(after)
  }
  return [...found]
}
