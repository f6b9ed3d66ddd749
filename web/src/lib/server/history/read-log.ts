import { auditCursor, type AuditPosition } from '@samkraft/contracts'
import type { Services } from '../services.ts'

/** The services that keep a log; each is a part of what can be looked at alone. */
export const areas = ['identity', 'marketplace', 'matching', 'arrangements'] as const
export type Area = (typeof areas)[number]

/** One thing that was done, as its service tells it. */
export type LogEntry = AuditPosition &
  Readonly<{
    area: Area
    /** Null when a deadline or an event acted, and for people of other organisations. */
    personId: string | null
    command: string
    subjectType: string
    subjectId: string
    before?: unknown
    after?: unknown
  }>

/** What to read: of these areas, about one thing, between two Swedish civil dates (the last one too). */
export type LogQuery = Readonly<{
  areas: readonly Area[]
  subjectId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  cursor?: string | undefined
}>

export type LogPage = Readonly<{ items: readonly LogEntry[]; next: string | null }>

/**
 * The newest entries of several logs as one. All services keep theirs in the same order, so one cursor is good for all of
 * them: whatever is older than the last entry shown.
 */
export async function readLog(services: Services, query: LogQuery, limit: number): Promise<LogPage> {
  const { subjectId, from, to } = query
  const cursor = query.cursor ?? (to === undefined ? undefined : cursorBefore(dayAfter(to)))
  const pages = await Promise.all(
    query.areas.map(async (area) => {
      const { items, next } = await services[area].audit.list.query({ subjectId, cursor, limit })
      return { items: items.map((item): LogEntry => ({ ...item, area })), more: next !== null }
    }),
  )
  const merged = pages.flatMap(({ items }) => items).sort(newestFirst)
  const earliest = from === undefined ? '' : midnight(from)
  const shown = merged.slice(0, limit).filter(({ at }) => at >= earliest)
  const more = merged.length > limit || pages.some((page) => page.more)
  const last = shown.at(-1)
  return { items: shown, next: last && more && shown.length === limit ? auditCursor(last) : null }
}

function newestFirst(a: LogEntry, b: LogEntry): number {
  return compare(b.at, a.at) || compare(b.organisationId, a.organisationId) || b.number - a.number
}

/** As the database orders them: instants and ids are of one length and written alike. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function cursorBefore(day: string): string {
  return auditCursor({ at: midnight(day), organisationId: '00000000-0000-0000-0000-000000000000', number: 0 })
}

function dayAfter(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

/** When a Swedish day begins. */
function midnight(day: string): string {
  const begins = Temporal.PlainDate.from(day).toZonedDateTime('Europe/Stockholm').toInstant()
  return begins.toString({ fractionalSecondDigits: 6 })
}
