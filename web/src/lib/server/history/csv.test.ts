import { expect, test } from 'vitest'
import { logAsCsv } from './csv.ts'
import type { Described } from './describe.ts'

function entry(change: Partial<Described>): Described {
  return {
    id: 'identity-1',
    number: 7,
    area: 'identity',
    at: '2027-01-11T08:42:00.000000Z',
    what: 'Ändrade roller',
    about: null,
    who: { text: 'Administratör', href: null },
    organisation: { text: 'Norbergs kommun', href: '/organisation' },
    isNew: false,
    changes: [],
    ...change,
  }
}

function rows(entries: readonly Described[]): string[] {
  return logAsCsv(entries).split('\r\n').slice(1)
}

test('a file is UTF-8 with a mark that says so, and one row for each change', () => {
  const changes = [
    { field: 'roles', label: 'Roller', before: [['Handläggare']], after: [['Handläggare'], ['Registrator']] },
    { field: 'disabled', label: 'Avstängd', before: null, after: [[{ text: 'Nej', href: null }]] },
  ]
  expect(logAsCsv([])).toMatch(/^\ufeff/)
  const [first, second, end] = rows([entry({ changes })])
  expect(first).toContain('"Norbergs kommun"')
  expect(first).toContain('"Roller";"Handläggare";"Handläggare\nRegistrator"')
  expect(second).toContain('"Avstängd";"";"Nej"')
  expect(end).toBe('')
})

test('an entry that changed nothing that can be told has a row of its own', () => {
  expect(rows([entry({})])).toHaveLength(2)
})

test.each(['=1+1', '+46', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is text and no formula (ASVS 1.2.10)', (formula) => {
  const changes = [{ field: 'title', label: formula, before: null, after: [[formula]] }]
  const cells = logAsCsv([entry({ about: { text: formula, href: null }, changes })])
  expect(cells).not.toContain(`;"${formula}`)
  expect(cells).toContain(`;"'${formula}`)
})

test('a quotation mark ends no cell', () => {
  expect(logAsCsv([entry({ about: { text: 'så kallad "kraft"; =1', href: null } })])).toContain(
    '"så kallad ""kraft""; =1"',
  )
})
