import { expect, test } from 'vitest'
import { Email } from './commands.ts'

test.each(['anna.berg@norberg.example\u200b', '\u2060Anna.Berg@Norberg.example', ' anna.berg@norberg.example\u00a0'])(
  'an address is what is seen of it: %j',
  (pasted) => {
    expect(Email.parse(pasted)).toBe('anna.berg@norberg.example')
  },
)
