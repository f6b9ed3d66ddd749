import { randomUUID } from 'node:crypto'
import { EventEnvelope, type EventDefinition, listenersOf, type Service } from '@samkraft/contracts'
import * as identityContract from '@samkraft/contracts/identity'
import * as marketplaceContract from '@samkraft/contracts/marketplace'
import type { JobBackend } from '@samkraft/jobs'
import fc from 'fast-check'
import { handlers as arrangements } from '../../services/arrangements/src/jobs/handlers.ts'
import { onOrganisationChanged } from '../../services/marketplace/src/jobs/on-organisation-changed.ts'
import { handlers as matching } from '../../services/matching/src/jobs/handlers.ts'
import type { House } from './house.ts'
import type { Case } from './play.ts'
import { odd, spoilt } from './spoil.ts'

/** Types whose data a listener reads. What it has no use for it only counts. */
const readBy: Readonly<Partial<Record<Service, readonly string[]>>> = {
  marketplace: [onOrganisationChanged().type],
  matching: matching.map(({ type }) => type),
  arrangements: arrangements.map(({ type }) => type),
}

const definitions: ReadonlyMap<string, EventDefinition> = new Map(
  [identityContract, marketplaceContract]
    .flatMap((contract): unknown[] => Object.values(contract))
    .filter((value) => isDefinition(value))
    .map((definition) => [definition.type, definition]),
)

function isDefinition(value: unknown): value is EventDefinition {
  return typeof value === 'object' && value !== null && 'aggregate' in value && 'type' in value && 'data' in value
}

/** One event of each type that was really sent, as its listeners were sent it. */
export async function sentEvents({ databases }: House): Promise<EventEnvelope[]> {
  const found = await Promise.all(
    [databases.identity, databases.marketplace].map((pool) =>
      pool.query<EventEnvelope & { occurredAt: Date }>(
        `select distinct on (type) id, type, aggregate, aggregate_id as "aggregateId", sequence,
          organisation_id as "organisationId", request_id as "requestId", occurred_at as "occurredAt", data
        from outbox order by type, position`,
      ),
    ),
  )
  return found.flatMap(({ rows }) => rows.map((row) => ({ ...row, occurredAt: row.occurredAt.toISOString() })))
}

/** Jobs that no listener can read: no envelope, another name, data that are not what the event promises. */
export function unreadableJobs(queues: JobBackend, events: readonly EventEnvelope[]): fc.Arbitrary<Case> {
  const addressed = events.flatMap((event) => listenersOf(event.aggregate).map((listener) => ({ event, listener })))
  return fc.constantFrom(...addressed).chain(({ event, listener }) => {
    const definition = readBy[listener]?.includes(event.type) ? definitions.get(event.type) : undefined
    const otherData = definition
      ? [spoilt(event.data, definition.data).map(({ text }) => ({ ...event, data: read(text) }))]
      : []
    const name = fc.oneof(
      { weight: 5, arbitrary: fc.constant(event.type) },
      { weight: 1, arbitrary: fc.constantFrom('x', 'marketplace.offer_published.v9', '__proto__', 'toString') },
    )
    const data = fc.oneof(
      spoilt(event, EventEnvelope).map(({ text }) => read(text)),
      odd.map(storable),
      ...otherData,
    )
    return fc
      .record({ name, data })
      .filter(({ name, data }) => isStorable(data) && !isReadable(name, data, definition))
      .map(({ name, data }): Case => ({
        name: `${listener} ${name} ${JSON.stringify(data)?.slice(0, 300)}`,
        async play() {
          await using queue = queues.queue(listener)
          await queue.add([{ id: randomUUID(), name, data, options: { attempts: 8, backoffMs: 500 } }])
          return []
        },
      }))
  })
}

function isReadable(name: string, data: unknown, definition: EventDefinition | undefined): boolean {
  const envelope = EventEnvelope.safeParse(data)
  if (!envelope.success || envelope.data.type !== name) return false
  return !definition || definition.data.safeParse(envelope.data.data).success
}

function read(text: string): unknown {
  return storable(text === '' ? null : JSON.parse(text))
}

/** As JSON keeps it. */
function storable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null')
}

/** What a queue on Postgres can hold at all; anything else never gets there. */
function isStorable(data: unknown): boolean {
  return !/\\u(0000|d[89a-f])/i.test(JSON.stringify(data))
}
