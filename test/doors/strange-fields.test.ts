import { expect, test } from 'vitest'
import { z } from 'zod'
import { proceduresOf } from '../world/procedures.ts'
import { routers } from '../world/world.ts'

/** What would let in a field, or a whole value, that nobody has thought of; an object takes its own fields only, unless told. */
const open: readonly string[] = ['any', 'unknown', 'record', 'map', 'custom']

/** A schema and all that it is made of. */
function schemasIn(part: unknown): z.core.$ZodTypes[] {
  if (part instanceof z.core.$ZodType) {
    const schema = part as z.core.$ZodTypes
    // What is checked besides takes nothing by itself.
    const { checks: _, ...parts } = schema._zod.def
    return [schema, ...Object.values(parts).flatMap(schemasIn)]
  }
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(schemasIn) : []
}

test('no procedure takes a field that it does not name (ASVS 15.3.3)', () => {
  const kinds = proceduresOf(routers).map(({ service, path, input }) => ({
    name: `${service}.${path}`,
    kinds: schemasIn(input).map(({ _zod }): string => _zod.def.type),
  }))
  expect(kinds.filter(({ kinds }) => kinds.includes('object')).length).toBeGreaterThan(50)
  expect(kinds.filter(({ kinds }) => kinds.some((kind) => open.includes(kind)))).toEqual([])
})
