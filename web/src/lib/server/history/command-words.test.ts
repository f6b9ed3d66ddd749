import { arrangementsPermissions } from '@samkraft/contracts/arrangements'
import { identityPermissions } from '@samkraft/contracts/identity'
import { marketplacePermissions } from '@samkraft/contracts/marketplace'
import { expect, test } from 'vitest'
import { m } from '#lib/i18n.ts'
import { commandSaid, commandWords } from './command-words.ts'

/** What only reads, or is told on another page than the log. */
const noCommand = /[.](list|get|count|mine|suggest|draftGet|summary|county|headings|figures|conditions|verify|enter)$/

test.each([
  ['identity', identityPermissions],
  ['marketplace', marketplacePermissions],
  ['arrangements', arrangementsPermissions],
])('every command of %s is told in words', (_, permissions) => {
  const commands = Object.keys(permissions).filter((path) => !noCommand.test(path))
  expect(commands.length).toBeGreaterThan(0)
  expect(commands.filter((command) => commandWords[command] === undefined)).toEqual([])
})

test('a decision says whether it is a yes or a no', () => {
  const said = ['yes', 'no'].map((decision) => commandSaid('arrangement.decide', { decision }))
  expect(said).toEqual([m.log_arrangement_decide_yes(), m.log_arrangement_decide_no()])
})

test('a link that was withdrawn says what it was to', () => {
  const said = ['invitation', 'person'].map((subjectType) => commandSaid('invitation.withdraw', {}, subjectType))
  expect(said).toEqual([m.log_invitation_withdraw(), m.log_invitation_withdraw_password()])
})
