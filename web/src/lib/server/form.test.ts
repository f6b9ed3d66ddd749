import { CivilDate, Command, HoursPerWeek, PeriodInput } from '@samkraft/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { m } from '#lib/i18n.ts'
import { FormInput } from './form-input.ts'
import { Form, inOrder, Unfit } from './form.ts'

function dataOf(fields: Readonly<Record<string, string | readonly string[]>>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of typeof value === 'string' ? [value] : value) data.append(name, one)
  }
  return data
}

const reading = (fields: Parameters<typeof dataOf>[0]) => new FormInput(dataOf(fields))

test('numbers are read as people write them, and what is no number is passed on as typed', () => {
  const input = reading({ a: '7,5', b: ' 1 250 ', c: 'åtta', d: '' })
  expect([input.number('a'), input.number('b'), input.number('c'), input.number('d'), input.number('e')]).toEqual([
    7.5,
    1250,
    'åtta',
    undefined,
    undefined,
  ])
  expect(reading({ pris: '1 250,50' }).ore('pris')).toBe(125_050)
})

test('a period is typed with its last day and sent half-open', () => {
  const input = reading({ 'period.from': '2027-01-11', 'period.to': '20270611' })
  expect(input.period('period')).toEqual({ from: '2027-01-11', to: '2027-06-12' })
  expect(reading({ 'period.to': 'i juni' }).period('period')).toEqual({ from: undefined, to: 'i juni' })
})

test('text loses the space around it and nothing else', () => {
  const input = reading({ text: '  rad ett\r\nrad två ', empty: '  ', password: ' hemligt ' })
  expect(input.text('text')).toBe('rad ett\nrad två')
  expect([input.optional('empty'), input.nullable('empty'), input.verbatim('password')]).toEqual([
    undefined,
    null,
    ' hemligt ',
  ])
})

test('several choices under one name, and a single box', () => {
  const input = reading({ kind: ['a', 'b', ''], agreed: 'on' })
  expect(input.all('kind')).toEqual(['a', 'b'])
  expect([input.flag('agreed'), input.flag('other')]).toEqual([true, false])
})

test('fields with strange names are no fields', () => {
  const input = reading({
    constructor: 'x',
    toString: 'y',
    __proto__: 'z',
    '1': 'a',
    'a b': 'c',
    ['n'.repeat(200)]: 'd',
  })
  expect(Object.keys(input.values).sort()).toEqual(['constructor', 'toString'])
  expect(input.text('hasOwnProperty')).toBe('')
})

test('a page is never given a password back', () => {
  expect(Object.keys(reading({ email: 'a', password: 'b', newPassword: 'c', formKey: 'd' }).kept)).toEqual(['email'])
})

const Publish = Command.extend({ hoursPerWeek: HoursPerWeek, period: PeriodInput, from: CivilDate.optional() })
const labels = {
  hoursPerWeek: () => 'Timmar',
  'period.to': () => 'Sista dag',
  'segments.*.hoursPerWeek': () => 'Timmar',
}
const formOf = (fields: Parameters<typeof dataOf>[0], address = '/utbud/nytt?/publicera') =>
  new Form(dataOf(fields), address, { labels })
const valid = { hoursPerWeek: '16', 'period.from': '2027-01-11', 'period.to': '2027-06-11', formKey: 'k' }
const read = (form: Form) => ({ hoursPerWeek: form.number('hoursPerWeek'), period: form.period('period') })

test('what fits is the command, with its key', () => {
  const form = formOf(valid)
  expect(form.input(Publish, read(form))).toEqual({
    commandKey: form.commandKey,
    hoursPerWeek: 16,
    period: { from: '2027-01-11', to: '2027-06-12' },
  })
})

test.each([
  [{ ...valid, hoursPerWeek: '' }, 'hoursPerWeek', m.error_field_required()],
  [{ ...valid, hoursPerWeek: 'åtta' }, 'hoursPerWeek', m.error_field_number()],
  [{ ...valid, hoursPerWeek: '0' }, 'hoursPerWeek', m.error_field_more_than({ minimum: '0' })],
  [{ ...valid, hoursPerWeek: '7,3' }, 'hoursPerWeek', m.error_hours_not_quarters()],
  [{ ...valid, hoursPerWeek: '401' }, 'hoursPerWeek', m.error_field_most({ maximum: '400' })],
  [{ ...valid, 'period.to': '2026-06-11' }, 'period.to', m.error_period_ends_before_start()],
  [{ ...valid, 'period.to': 'i juni' }, 'period.to', m.error_date_invalid()],
  [{ ...valid, 'period.to': '' }, 'period.to', m.error_field_required()],
])('%j does not fit', (fields, field, text) => {
  const form = formOf(fields)
  const refused = (() => {
    try {
      return form.input(Publish, read(form))
    } catch (cause) {
      return cause
    }
  })()
  expect(refused).toBeInstanceOf(Unfit)
  expect((refused as Unfit).errors).toEqual([{ field, text, label: labels[field as keyof typeof labels]() }])
})

test.each([
  ['', 'Skriv hur många timmar.', ''],
  ['åtta', m.error_field_number(), 'Timmar'],
])('a field that holds %j is asked for in its own sentence only when it is empty', (hoursPerWeek, text, label) => {
  const missing = { hoursPerWeek: () => 'Skriv hur många timmar.' }
  const form = new Form(dataOf({ ...valid, hoursPerWeek }), '/', { labels, missing })
  expect(() => form.input(Publish, read(form))).toThrow(
    expect.objectContaining({ errors: [{ field: 'hoursPerWeek', label, text }] }),
  )
})

test('a field in a list is called what its list calls it', () => {
  expect(formOf(valid).errorAt('segments.12.hoursPerWeek', 'x').label).toBe('Timmar')
})

test('a field is not named again before a sentence that begins with it', () => {
  expect(formOf(valid).errorAt('hoursPerWeek', 'Timmar kan inte vara fler än ni söker.').label).toBe('')
})

test('the same form sent twice is one command, and nothing else is', () => {
  const key = formOf(valid).commandKey
  expect(z.uuid().safeParse(key).success).toBe(true)
  expect(formOf(valid).commandKey).toBe(key)
  const others = [
    formOf({ ...valid, hoursPerWeek: '17' }),
    formOf({ ...valid, formKey: 'another page' }),
    formOf(valid, '/utbud/nytt?/spara'),
    formOf(valid, '/behov/nytt?/publicera'),
  ].map(({ commandKey }) => commandKey)
  expect(new Set([key, ...others]).size).toBe(5)
})

test('what is wrong is told from the top of the page to its end', () => {
  const [hours, from] = ['segments.*.hoursPerWeek', 'segments.*.period.from']
  const words = Object.fromEntries(['title', from, hours, 'place'].map((name) => [name, () => name]))
  const fields = [
    'no.such',
    'place',
    'segments.10.period.from',
    'segments.2.hoursPerWeek',
    'segments.2.period.from',
    'title',
  ]
  const ordered = inOrder(
    words,
    fields.map((field) => ({ field })),
  )
  expect(ordered.map(({ field }) => field)).toEqual([
    'title',
    'segments.2.period.from',
    'segments.2.hoursPerWeek',
    'segments.10.period.from',
    'place',
    'no.such',
  ])
})
