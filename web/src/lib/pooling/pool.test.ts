import { expect, test } from 'vitest'
import type { FormState } from '#lib/form.ts'
import { unplaced } from './pool.ts'

const refused: FormState = {
  action: '?/startPool',
  values: { requestIds: ['norberg', 'fagersta'] },
  errors: [],
  problem: 'Ett av behoven är redan med i ett samlat behov.',
  code: 'pooled_need.in_another',
  details: {},
}

const start = (form: unknown, shown: readonly (readonly string[])[]) =>
  unplaced(form, ['?/startPool'], 'requestIds', shown)

test('a refusal is said by itself only where the form that was sent is no longer there', () => {
  expect(start(refused, [['sala', 'arboga']])).toBe(refused)
  expect(start(refused, [])).toBe(refused)
  expect(start(refused, [['sala', 'arboga'], refused.values.requestIds ?? []])).toBeNull()
})

test('nothing is said where nothing was refused, or something else', () => {
  expect(start(null, [])).toBeNull()
  expect(start({ ...refused, action: '?/joinPool' }, [])).toBeNull()
})
