import { m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import { commandSaid, happensByItself, isOperators } from './command-words.ts'
import { fieldsOf, type Line, unknownField } from './field-words.ts'
import type { Names, Reference } from './names.ts'
import type { Area, LogEntry } from './read-log.ts'

/** One field that was changed: from what, to what. Null where there was, or is, nothing. */
export type Change = Readonly<{
  field: string
  label: string
  before: readonly Line[] | null
  after: readonly Line[] | null
}>

/** An entry of the log in the words of the page. */
export type Described = Readonly<{
  id: string
  number: number
  area: Area
  at: string
  what: string
  /** What it was done with; null when that can no longer be named. */
  about: Reference | null
  who: Reference
  organisation: Reference
  /** Nothing was there before: there is no difference to show, only what was laid down. */
  isNew: boolean
  changes: readonly Change[]
}>

/** Puts an entry in words. An unknown command or field shows as it is kept, since a log leaves nothing out. */
export function describe(entry: LogEntry, names: Names): Described {
  const { organisationId, number, area, at, command, subjectType } = entry
  const changes = changesOf(entry, names)
  return {
    id: `${area}-${organisationId}-${number}`,
    number,
    area,
    at,
    what: commandSaid(command, stateOf(entry.after), subjectType),
    about: aboutOf(entry, names),
    who: whoOf(entry, names),
    organisation: names.organisation(organisationId),
    isNew: isNew(changes),
    changes,
  }
}

/** Which version it became is for the file: on a page it would be all that some entries say. */
export function withoutVersions(described: Described): Described {
  const changes = described.changes.filter(({ field }) => field !== 'version')
  return { ...described, changes, isNew: isNew(changes) }
}

function isNew(changes: readonly Change[]): boolean {
  return changes.every(({ before }) => before === null)
}

/** The title for colleagues; for others their organisation, which alone knows who it was. */
function whoOf({ command, organisationId, personId }: LogEntry, names: Names): Reference {
  if (happensByItself(command)) return { text: m.log_by_itself(), href: null }
  if (isOperators(command)) return { text: m.log_by_operator(), href: null }
  if (organisationId !== names.own) return names.organisation(organisationId)
  return { text: (personId && names.person(personId)) ?? m.log_somebody(), href: null }
}

function aboutOf(entry: LogEntry, names: Names): Reference | null {
  const { subjectType, subjectId, command, personId } = entry
  const { arrangementId } = stateOf(entry.after)
  // Another's offer has no name here, but what its hours went to has.
  if (command.startsWith('ledger.') && entry.organisationId !== names.own && typeof arrangementId === 'string')
    return names.arrangement(arrangementId)
  switch (subjectType) {
    case 'person': {
      const title = names.person(subjectId)
      return title === null || subjectId === personId ? null : { text: title, href: null }
    }
    case 'organisation':
      return names.organisation(subjectId)
    case 'offer':
    case 'request': {
      const listing = names[subjectType](subjectId)
      return command.endsWith('.discardDraft') ? { ...listing, href: null } : listing
    }
    case 'arrangement': {
      const reference = stateOf(entry.after)['reference'] ?? stateOf(entry.before)['reference']
      return {
        text: typeof reference === 'string' ? reference : m.log_the_arrangement(),
        href: paths.arrangement(subjectId),
      }
    }
    case 'plan':
      return { text: m.log_the_plan(), href: command === 'plan.discard' ? null : paths.plan(subjectId) }
    case 'pooled_need':
      return { text: pooledCompetence(entry, names), href: paths.pooledNeed(subjectId) }
    default:
      return null
  }
}

/** A pooled need is called by what it is about. */
function pooledCompetence({ after }: LogEntry, names: Names): string {
  const { competence } = stateOf(after)
  return typeof competence === 'string' ? names.competence(competence) : m.pooled_word()
}

function changesOf({ subjectType, before, after }: LogEntry, names: Names): Change[] {
  const [was, is] = [stateOf(before), stateOf(after)]
  const known = fieldsOf[subjectType] ?? {}
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => JSON.stringify(was[field] ?? null) !== JSON.stringify(is[field] ?? null),
  )
  const order = Object.keys(known)
  const place = (field: string) => (order.includes(field) ? order.indexOf(field) : order.length)
  return changed
    .toSorted((a, b) => place(a) - place(b))
    .map((field) => {
      const { label, say } = known[field] ?? unknownField(field)
      const said = (value: unknown) => (value === null || value === undefined ? null : say(value, names))
      return { field, label: label(), before: said(was[field]), after: said(is[field]) }
    })
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
}

function stateOf(state: unknown): Readonly<Record<string, unknown>> {
  return typeof state === 'object' && state !== null ? (state as Record<string, unknown>) : {}
}
