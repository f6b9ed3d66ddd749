import { expect, test } from 'vitest'
import { readConfig, unsaid } from './config.ts'

test('with nothing said it runs on this machine', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 4000, origin: 'http://127.0.0.1:4000' })
})

test('the origin is one address, without a path', () => {
  expect(readConfig({ ORIGIN: 'https://samkraft.example/' }).origin).toBe('https://samkraft.example')
})

test.each([
  [{ PORT: 'http' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ ORIGIN: 'samkraft.example' }, 'ORIGIN'],
  [{ URL_IDENTITY: 'ftp://secret@identity' }, 'URL_IDENTITY'],
])('%j is refused by name, without its value', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(name)
  for (const value of Object.values(environment)) expect(() => readConfig(environment)).not.toThrow(value)
})

test('settings cannot be changed', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true)
})

test('behind a proxy that does not say where a browser is, an operator is told what that does', () => {
  const proxied = { ORIGIN: 'https://samkraft.example' }
  expect(unsaid(readConfig(proxied))).toContain('ADDRESS_HEADER')
  expect(unsaid(readConfig({ ...proxied, ADDRESS_HEADER: 'x-forwarded-for' }))).toBeNull()
  expect(unsaid(readConfig({}))).toBeNull()
})
