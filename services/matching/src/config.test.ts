import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const { publicKey } = generateKeyPairSync('ed25519')
const environment = {
  DATABASE_URL_MATCHING: 'postgres://matching_app@127.0.0.1:4032/samkraft_matching',
  JOBS_URL: 'redis://127.0.0.1:6379',
  ACTOR_PUBLIC_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
}

test('what is not said has its usual value', () => {
  expect(readConfig(environment)).toMatchObject({ port: 4004, host: '127.0.0.1', sweepMilliseconds: 30_000 })
})

test('what does not fit is named, and its value is not repeated', () => {
  const read = () =>
    readConfig({ ...environment, DATABASE_URL_MATCHING: 'mysql://secret@somewhere', JOBS_URL: undefined })
  expect(read).toThrow(/DATABASE_URL_MATCHING: must be an address/)
  expect(read).toThrow(/JOBS_URL: is missing/)
  expect(read).not.toThrow(/secret/)
})
