import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { z } from 'zod'

/** Words that are sent and must never come back: not in a service's answer, not in a log. */
export const parrot = 'papegojan-i-buren'

/** Where in an input: `['segments', 0, 'period']`. */
export type Way = readonly (string | number)[]

/** Numbers as they may stand in JSON although no JavaScript writes them so. */
const written = ['1e400', '-1e400', '-0', '0.1e-400', '123456789012345678901234567890', '1E+2']
const mark = 'number as written: '

const deep = (depth: number): unknown => (depth === 0 ? [] : [deep(depth - 1)])
const texts = [
  ...['', ' ', '\0', 'a\0b', '\ud800', 'a\udfff', '\u202e', '🜁'.repeat(300), 'a'.repeat(6_000)],
  ...["'; drop table offer; --", "x' | 'y", '%', '\\', '%s%n%x', '#{7*7}', '{{7*7}}', `<script>${parrot}</script>`],
  ...[`${parrot}\r\nx-odd: 1`, '../../etc/passwd', 'NaN', 'Infinity', '-Infinity', '1e400', 'null', 'true', '0x10'],
  ...['2027-02-30', '2027-13-01', '0000-01-01', '9999-12-31', '-0001-01-01', '2027-1-1', '2027-01-11T00:00:00Z'],
  ...['00000000-0000-0000-0000-000000000000', 'not-a-uuid', '{}', '[]', 'constructor', '__proto__', 'toString'],
  ...['W10', 'bWluZXx4fHk', '2027-01-01T00:00:00.000000Z_x_1', 'åäö@', '@', '1962 ', '19', 'SV', 'javascript:alert(1)'],
]
const values: readonly unknown[] = [
  ...texts,
  ...written.map((number) => mark + number),
  ...[null, true, false, -1, 0, 0.1, 1.5, 1e15, 1e308, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 53)],
  ...[
    [],
    {},
    [null],
    [[[]]],
    { a: 1 },
    [{}],
    deep(40),
    Array.from({ length: 500 }, () => 'x'),
    { length: 3 },
    { toString: 1 },
  ],
]

/** Something that fits few places. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...values) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 1, arbitrary: fc.double() },
)
/** The same as text, for doors that carry nothing else. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

type Spoiling = Readonly<{ way: Way; how: 'other' | 'missing' | 'many' | 'swapped' | 'alone' | 'listed'; by: unknown }>

/** One input with one place spoilt, as the text that is sent. */
export type Spoilt = Readonly<{ way: Way; text: string }>

/** An example with one place spoilt: of the example itself, or one that its schema knows and the example leaves out. */
export function spoilt(example: unknown, schema: z.ZodType): fc.Arbitrary<Spoilt> {
  const ways = placesIn(schema)
  const spoiling: fc.Arbitrary<Spoiling> = fc.record({
    way: fc.constantFrom(...ways),
    how: fc.oneof(
      { weight: 6, arbitrary: fc.constant('other' as const) },
      { weight: 2, arbitrary: fc.constantFrom('missing', 'many', 'swapped', 'alone', 'listed') },
    ),
    by: odd,
  })
  return spoiling.map(({ way, how, by }) => ({ way, text: textOf(at(example, way, (part) => spoil(part, how, by))) }))
}

function spoil(part: unknown, how: Spoiling['how'], by: unknown): unknown {
  const isPeriod = typeof part === 'object' && part !== null && 'from' in part && 'to' in part
  if (how === 'missing') return undefined
  if (how === 'listed') return [part]
  if (how === 'many' && Array.isArray(part)) return Array.from({ length: 200 }, () => part[0])
  if (how === 'alone' && Array.isArray(part)) return part[0]
  if (how === 'swapped' && isPeriod) return { from: part.to, to: part.from }
  return by
}

/** The value with the part at `way` replaced, and whatever is missing on the way there. */
function at(value: unknown, [first, ...rest]: Way, change: (part: unknown) => unknown): unknown {
  if (first === undefined) return change(value)
  if (typeof first === 'number') {
    const parts: unknown[] = Array.isArray(value) ? value : []
    return parts.length > 0 ? parts.with(first, at(parts[first], rest, change)) : [at(undefined, rest, change)]
  }
  const parts = typeof value === 'object' && value !== null ? { ...value } : {}
  return { ...parts, [first]: at((parts as Record<string, unknown>)[first], rest, change) }
}

/** JSON, with the odd numbers as they are written. Nothing at all stays the empty text. */
export function textOf(value: unknown): string {
  return (JSON.stringify(value) ?? '').replaceAll(new RegExp(`"${mark}([^"]+)"`, 'g'), '$1')
}

/** Every place a schema knows, itself included; lists by their first item. */
export function placesIn(schema: z.core.$ZodType, way: Way = []): Way[] {
  const { def } = (schema as z.core.$ZodTypes)._zod
  switch (def.type) {
    case 'object':
      return [way, ...Object.entries(def.shape).flatMap(([name, part]) => placesIn(part, [...way, name]))]
    case 'array':
      return [way, ...placesIn(def.element, [...way, 0])]
    case 'optional':
    case 'nullable':
    case 'default':
      return placesIn(def.innerType, way)
    case 'pipe':
      return placesIn(def.in, way)
    default:
      return [way]
  }
}

/** The same input aimed at what there is not, or at a version that there is not; null when it names neither. */
export function astray(input: unknown): fc.Arbitrary<unknown> | null {
  if (typeof input !== 'object' || input === null) return null
  const names = Object.keys(input).filter(
    (name) => name === 'version' || (/^id$|Id$/.test(name) && name !== 'commandKey'),
  )
  if (names.length === 0) return null
  return fc
    .record({ name: fc.constantFrom(...names), by: fc.integer({ min: 1_000, max: 1_000_000 }) })
    .map(({ name, by }) => ({ ...input, [name]: name === 'version' ? by : randomUUID() }))
}
