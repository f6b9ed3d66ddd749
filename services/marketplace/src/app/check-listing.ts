import { dateProblems } from '@samkraft/contracts/marketplace'
import { fieldProblems } from '@samkraft/http'
import { DomainError } from '@samkraft/kernel'
import type { Locked } from '../db/listings.ts'
import type { ListingDetails } from '../domain/listing.ts'
import { unknownIn, type Vocabulary } from '../domain/vocabulary.ts'
import type { Kind } from './kinds.ts'

export type Problems = ReturnType<typeof fieldProblems>

/** Details that came through a door have been read already, those of a draft have not. `before` is what they take the place of. */
export type Unchecked<Given> = Readonly<{ given: Given; before?: ListingDetails }> | Readonly<{ draft: unknown }>

/** Whether these details can be published now, and what is in the way when not: by field, with a code each. */
export function checkDetails<Given, Details extends ListingDetails>(
  kind: Kind<Given, Details>,
  vocabulary: Vocabulary,
  unchecked: Unchecked<Given>,
  { today, at }: Pick<Locked, 'today' | 'at'>,
): { settled: Details; problems: null } | { settled: null; problems: Problems } {
  const read =
    'given' in unchecked ? { success: true as const, data: unchecked.given } : kind.schema.safeParse(unchecked.draft)
  if (!read.success) return { settled: null, problems: fieldProblems(read.error) }
  const settled = kind.settle(read.data, today)
  const codes = dateProblems(settled, ('given' in unchecked && unchecked.before) || null, today)
  const { main, other } = kind.competences(settled)
  const unknown = unknownIn(vocabulary, [...main, ...other])
  if (unknown.length > 0) codes[fieldOf(settled, unknown[0])] = 'competence.unknown'
  if (settled.placeMunicipality !== null && at === null) codes['placeMunicipality'] = 'municipality.unknown'
  const problems = Object.entries(codes).map(([path, code]) => [path, { code, details: {} }] as const)
  return problems.length === 0 ? { settled, problems: null } : { settled: null, problems: Object.fromEntries(problems) }
}

/** Refuses what cannot be published: `invalid <noun>.incomplete`, its details naming each field. */
export function mustBePublishable<Given, Details extends ListingDetails>(
  kind: Kind<Given, Details>,
  vocabulary: Vocabulary,
  unchecked: Unchecked<Given>,
  locked: Pick<Locked, 'today' | 'at'>,
): Details {
  const checked = checkDetails(kind, vocabulary, unchecked, locked)
  if (checked.problems === null) return checked.settled
  const fields = Object.entries(checked.problems).map(([path, problem]) => [`details.${path}`, problem] as const)
  throw new DomainError('invalid', `${kind.noun}.incomplete`, { fields: Object.fromEntries(fields) })
}

/** The field a value was given in; which of several elements does not matter to the person who reads it. */
function fieldOf(details: ListingDetails, value: string | undefined): string {
  const fields: [string, unknown][] = Object.entries(details)
  const found = fields.find(([, content]) => content === value || (Array.isArray(content) && content.includes(value)))
  return found?.[0] ?? ''
}
