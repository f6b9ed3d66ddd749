import { DomainError, type Role } from '@samkraft/kernel'
import { expect, test } from 'vitest'
import { assertRolesFit, changeRoles, disable, enable, type Membership } from './membership.ts'

const administrator: Membership = {
  organisationId: 'o',
  personId: 'p',
  title: 'Administratör',
  roles: ['administrator'],
  disabled: false,
  version: 3,
}

function codeOf(run: () => unknown): string | null {
  try {
    run()
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
}

test('the last administrator stays one, the last but one need not', () => {
  const municipality = { kind: 'municipality' } as const
  const alone = { ...municipality, otherAdministrators: 0 }
  expect(codeOf(() => changeRoles(administrator, ['officer'], alone))).toBe('person.last_administrator')
  expect(codeOf(() => disable(administrator, alone))).toBe('person.last_administrator')
  expect(changeRoles(administrator, ['administrator', 'officer'], alone)).toMatchObject({ version: 4 })
  const together = { ...municipality, otherAdministrators: 1 }
  expect(changeRoles(administrator, ['officer'], together)).toMatchObject({ roles: ['officer'], version: 4 })
  expect(disable(administrator, together)).toMatchObject({ disabled: true, version: 4 })
})

test('disabling and enabling follow each other', () => {
  const disabled = disable(administrator, { otherAdministrators: 1 })
  expect(codeOf(() => disable(disabled, { otherAdministrators: 1 }))).toBe('person.already_disabled')
  expect(enable(disabled)).toMatchObject({ disabled: false, version: 5 })
  expect(codeOf(() => enable(administrator))).toBe('person.not_disabled')
})

test.each<[Role, 'municipality' | 'region' | 'national_association', string | null]>([
  ['coordinator', 'region', null],
  ['coordinator', 'municipality', 'person.role_not_here'],
  ['process_support', 'national_association', null],
  ['process_support', 'region', 'person.role_not_here'],
  ['officer', 'region', null],
])('%s in a %s: %s', (role, kind, refusal) => {
  expect(codeOf(() => assertRolesFit([role], kind))).toBe(refusal)
})
