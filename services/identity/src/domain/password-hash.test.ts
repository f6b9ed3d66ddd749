import { expect, test } from 'vitest'
import { createPasswords } from './password-hash.ts'

const { hash, verify } = await createPasswords()

test('only the password itself fits its hash', async () => {
  const kept = await hash('gråsparv på taket')
  expect(await verify(kept, 'gråsparv på taket')).toBe(true)
  expect(await verify(kept, 'gråsparv på taket ')).toBe(false)
  expect(await verify(kept, '')).toBe(false)
})

test('the parameters are those OWASP asks for, and each hash has its own salt', async () => {
  const [one, other] = await Promise.all([hash('gråsparv på taket'), hash('gråsparv på taket')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(one).not.toBe(other)
})

test('å typed as one character or as two is the same password', async () => {
  expect(await verify(await hash('gråsparv på taket'.normalize('NFC')), 'gråsparv på taket'.normalize('NFD'))).toBe(
    true,
  )
})
