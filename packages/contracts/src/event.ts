import { z } from 'zod'

/** The things events are about; each keeps its own unbroken sequence. */
export const Aggregate = z.enum(['organisation', 'offer', 'request', 'arrangement'])
export type Aggregate = z.infer<typeof Aggregate>

/**
 * What travels from outbox to listener. `sequence` counts 1, 2, 3 … per aggregate without a gap;
 * `organisationId` owns the aggregate; `requestId` follows a change through every service's log.
 */
export const EventEnvelope = z.object({
  id: z.uuid(),
  type: z.string(),
  aggregate: Aggregate,
  aggregateId: z.uuid(),
  sequence: z.int32().positive(),
  organisationId: z.uuid(),
  requestId: z.string(),
  occurredAt: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
})
export type EventEnvelope = z.infer<typeof EventEnvelope>

/** A fact, named in the past tense with its version. Its data holds ids, numbers and codes: never text people wrote, never personal data. */
export type EventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> = Readonly<{
  type: Type
  aggregate: Aggregate
  data: Data
}>

/** An envelope whose data is that of `Definition`. */
export type EventOf<Definition extends EventDefinition> = Omit<EventEnvelope, 'data' | 'type'> & {
  type: Definition['type']
  data: z.infer<Definition['data']>
}

/** A kind of event: `type` as `<service>.<what_happened>.v<version>`, of what it tells, and the shape of its data. */
export function defineEvent<const Type extends string, Data extends z.ZodType>(
  type: Type,
  aggregate: Aggregate,
  data: Data,
): EventDefinition<Type, Data> {
  return { type, aggregate, data }
}
