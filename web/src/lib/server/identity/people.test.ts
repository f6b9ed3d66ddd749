import type { PersonView } from '@samkraft/contracts/identity'
import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { whyNotInvite } from './people.ts'

const administrator = (title: string): PersonView => ({
  personId: crypto.randomUUID(),
  title,
  roles: ['administrator'],
  disabled: false,
  version: 1,
  email: null,
})

test('who invites is named by title, as within a sentence', () => {
  const people = ['Skolchef', 'IT-ansvarig'].map(administrator)
  expect(whyNotInvite(null, people)).toBe(m.person_invite_administrator({ titles: 'skolchef eller IT-ansvarig' }))
})
