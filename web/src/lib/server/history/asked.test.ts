import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { readAsked } from './asked.ts'

const asked = (query: string) => readAsked(new URL(`http://samkraft.example/historik?${query}`))

test('what is no id asks for no one thing, and is not said to', () => {
  expect(asked('om=norberg&del=identity')).toMatchObject({
    query: { subjectId: undefined },
    values: { del: 'identity' },
  })
  expect(asked('om=norberg').values).not.toHaveProperty('om')
})

test('a last day before the first is said beside it, and everything from the first on is shown', () => {
  const { query, state } = asked('fran=2027-02-01&till=2027-01-01')
  expect(query).toMatchObject({ from: '2027-02-01', to: undefined })
  expect(state.errors).toMatchObject([{ field: 'till', text: m.error_period_ends_before_start() }])
})
