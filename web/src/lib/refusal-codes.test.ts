import { glob, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  declineReasons,
  endReasons,
  machineReasons,
  moveObstacles,
  returnReasons,
  withdrawReasons,
} from '@samkraft/contracts/arrangements'
import { passwordLength } from '@samkraft/contracts/identity'
import { poolMisfits } from '@samkraft/contracts/matching'
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { m } from '#lib/i18n.ts'
import { misfitSentence } from './server/misfit.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What stands in a code that is put together, by how the source names it. */
const nouns = ['offer', 'request'] as const
const parts: Readonly<Record<string, readonly string[]>> = {
  noun: nouns,
  'kind.noun': nouns,
  subject: nouns,
  obstacle: moveObstacles,
  misfit: poolMisfits,
}

/** Details that the source names instead of writing them out. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  passwordLength: Object.keys(passwordLength),
  short: ['week', 'left', 'asked'],
}

/** Where a code comes from, and the details it brings; null when the source does not show them. */
type Said = Readonly<{ code: string; file: string; details: readonly string[] | null }>

/** One example of each kind of misfit that zod knows; the compiler asks for more when zod learns one. */
const misfits: Readonly<Record<z.core.$ZodIssue['code'], [details: Record<string, unknown>, sentence: string]>> = {
  invalid_type: [{ expected: 'number', input: 'åtta' }, m.error_field_number()],
  too_big: [{ origin: 'number', maximum: 40, inclusive: true }, m.error_field_most({ maximum: '40' })],
  too_small: [{ origin: 'array', minimum: 1, inclusive: true }, m.error_field_choose_least({ minimum: '1' })],
  invalid_format: [{ format: 'email', input: 'namn' }, m.error_field_email()],
  not_multiple_of: [{ divisor: 0.25 }, m.error_field_step({ step: '0,25' })],
  invalid_value: [{ values: ['on_site', 'remote'] }, m.error_field_choice()],
  unrecognized_keys: [{ keys: ['x'] }, m.error_field_invalid()],
  invalid_union: [{}, m.error_field_invalid()],
  invalid_key: [{}, m.error_field_invalid()],
  invalid_element: [{}, m.error_field_invalid()],
  custom: [{}, m.error_field_invalid()],
}

const codeShape = /^[a-z_]+\.[a-z_]+$/
const refusals = /\bnew DomainError\(/g
const named = /\b(?:error|message|code|reason): [^,\n]*?'([a-z_]+\.[a-z_]+)'/g
const reported = /\breport\(\s*'[\w.]+',\s*'([^']+)'/g
const noted = /\b(?:codes|problems)\[.+\] = '([^']+)'/g
const asked = /\b(?:sentence|misfitSentence)\('([^']+)'/g

const said = (await Promise.all((await sources()).map(codesIn))).flat()
const swedish = await read('sv')
const english = await read('en')

test('every refusal has its sentence in both languages', () => {
  const without = (messages: Map<string, unknown>) =>
    [
      ...new Set(said.filter(({ code }) => !messages.has(keyOf(code))).map(({ code, file }) => `${code} (${file})`)),
    ].sort()
  expect(without(swedish)).toEqual([])
  expect(without(english)).toEqual([])
})

test('the codes are found where they are made', () => {
  const codes = new Set(said.map(({ code }) => code))
  const samples = [
    'offer.stale', // put together from a noun
    'arrangement.waits_for_lender', // an obstacle to a move
    'password.too_long', // one of two
    'input.unreadable', // at a service's door
    'input.too_large', // before any procedure
    'hours.not_quarters', // a rule of a schema
    'slice.required', // reported by a rule over several fields
    'open_until.past', // noted by a rule over dates
    'hours.too_many_in_all', // made by the web
  ]
  expect(samples.filter((code) => !codes.has(code))).toEqual([])
})

test('a sentence fills its gaps with what is told where it is thrown', () => {
  const gapless = said.flatMap(({ code, file, details }) =>
    gapsOf(swedish.get(keyOf(code)))
      .filter((gap) => details !== null && !details.includes(gap))
      .map((gap) => `${code} (${file}): ${gap}`),
  )
  expect(gapless).toEqual([])
})

test('no sentence is kept for a refusal that nobody makes', async () => {
  const keys = new Set(said.map(({ code }) => keyOf(code)))
  const pages = await Promise.all((await webSources()).map((file) => readFile(root + file, 'utf8')))
  const used = new Set(
    pages.flatMap((source) => [...source.matchAll(/\b(?:m|messages)\.(error_\w+)/g)].map(([, key]) => key)),
  )
  const dead = [...swedish.keys()].filter((key) => key.startsWith('error_') && !keys.has(key) && !used.has(key))
  // Words of the page that shows an error, not of a refusal.
  expect(dead.filter((key) => !key.startsWith('error_page_') && !key.startsWith('error_summary_'))).toEqual([])
})

test('every reason that can be chosen or given has its words', () => {
  const reasons = [declineReasons, withdrawReasons, returnReasons, endReasons, machineReasons].flat()
  expect(reasons.filter((code) => !swedish.has(`reason_${code}`) || !english.has(`reason_${code}`))).toEqual([])
})

test('whatever a schema refuses, the sentence says what would fit', () => {
  for (const [code, [details, sentence]] of Object.entries(misfits))
    expect(misfitSentence({ code: `field.${code}`, details }), code).toBe(sentence)
})

function keyOf(code: string): string {
  return `error_${code.replaceAll('.', '_')}`
}

async function sources(): Promise<string[]> {
  const files = [
    ...(await Array.fromAsync(glob('{services,packages}/*/src/**/*.ts', { cwd: root }))),
    ...(await webSources()),
  ]
  return files.filter((file) => !file.endsWith('.test.ts')).sort()
}

async function webSources(): Promise<string[]> {
  const files = await Array.fromAsync(glob('web/src/**/*.{ts,svelte}', { cwd: root }))
  return files.filter((file) => !file.includes('/paraglide/') && !file.endsWith('.test.ts'))
}

/** Every code a file can refuse with. A code that cannot be read from the source stops the test. */
async function codesIn(file: string): Promise<Said[]> {
  const source = await readFile(root + file, 'utf8')
  const thrown = [...source.matchAll(refusals)].flatMap(({ index, 0: call }) => {
    const [, written = '', details] = elementsAt(source, index + call.length)
    const codes = codesOf(written)
    if (codes.length === 0) throw new Error(`${file}: the code of a refusal cannot be read from ${written}`)
    return codes.map((code) => ({ code, file, details: detailsOf(details) }))
  })
  const other = [named, reported, noted, asked].flatMap((shape) => [...source.matchAll(shape)])
  // What is said of a field has no details but the schema's own limits, and no sentence of ours is about those.
  const ofFields = other.flatMap(([, code = '']) => (isOurs(code) ? [{ code, file, details: [] }] : []))
  return [...thrown, ...ofFields]
}

/** Codes of the schema are put into words by `misfitSentence`. */
function isOurs(code: string): boolean {
  return codeShape.test(code) && !Object.keys(misfits).some((kind) => code === `field.${kind}`)
}

/** The codes an expression can be: a literal, one of two, or put together from parts that are known. */
function codesOf(written: string): string[] {
  return [...written.matchAll(/'([^']+)'|`([^`]+)`/g)]
    .flatMap(([, literal, template]) => (literal === undefined ? expanded(template ?? '') : [literal]))
    .filter((code) => codeShape.test(code))
}

function expanded(template: string): string[] {
  const [hole, name = ''] = /\$\{([^}]+)\}/.exec(template) ?? []
  if (hole === undefined) return [template]
  return (parts[name] ?? []).flatMap((part) => expanded(template.replace(hole, part)))
}

/** The names of the details: of an object written out, or of one whose shape is known. */
function detailsOf(written: string | undefined): readonly string[] | null {
  if (written === undefined) return []
  if (!written.startsWith('{')) return shapes[written] ?? null
  const names = elementsAt(written, 1).map((element) =>
    element.startsWith('...') ? (shapes[element.slice(3)] ?? null) : [/^\w+/.exec(element)?.[0] ?? ''],
  )
  return names.includes(null) ? null : names.flatMap((own) => own ?? [])
}

/** What stands between commas from here to the bracket that closes, as it is written. */
function elementsAt(source: string, from: number): string[] {
  const elements = ['']
  let depth = 0
  let quote = ''
  for (const sign of source.slice(from)) {
    if (quote) quote = sign === quote ? '' : quote
    else if (`'"\``.includes(sign)) quote = sign
    else if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    if (depth < 0) break
    if (sign === ',' && depth === 0 && !quote) elements.push('')
    else elements[elements.length - 1] += sign
  }
  return elements.map((element) => element.trim()).filter((element) => element !== '')
}

async function read(locale: string): Promise<Map<string, unknown>> {
  const messages = new Map<string, unknown>()
  for await (const file of glob(`web/messages/${locale}/*.json`, { cwd: root })) {
    const content: Record<string, unknown> = JSON.parse(await readFile(root + file, 'utf8'))
    for (const [key, message] of Object.entries(content)) messages.set(key, message)
  }
  return messages
}

function gapsOf(message: unknown): string[] {
  return [...JSON.stringify(message ?? '').matchAll(/\{(\w+)\}/g)].map(([, gap = '']) => gap)
}
