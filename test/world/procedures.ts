import { type Service, services } from '@samkraft/contracts'
import type { z } from 'zod'
import type { World } from './world.ts'

/** One door of one service: `input` is the schema it reads what is sent with, null where nothing is read. */
export type Procedure = Readonly<{
  service: Service
  path: string
  type: 'query' | 'mutation'
  input: z.ZodType | null
}>

/** Every procedure of every router, as the routers themselves say. */
export function proceduresOf(routers: World['routers']): Procedure[] {
  return services.flatMap((service) =>
    Object.entries(routers[service]._def.procedures).map(([path, { _def }]) => {
      // What tRPC keeps of a procedure beside what its types tell: its kind, and the schemas of `.input`.
      const { type, inputs } = _def as unknown as { type: Procedure['type']; inputs: readonly z.ZodType[] }
      return { service, path, type, input: inputs[0] ?? null }
    }),
  )
}

/** Whether what is sent is read at all and names this field: `commandKey`, `version`. */
export function reads({ input }: Procedure, field: string): boolean {
  return input !== null && 'shape' in input && field in (input.shape as object)
}
