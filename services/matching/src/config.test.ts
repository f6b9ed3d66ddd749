import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const environment = {
  DATABASE_URL_MATCHING: 'postgres://matching_app@127.0.0.1:4032/samkraft_matching',
  JOBS_URL: 'redis://127.0.0.1:6379',
  ACTOR_PUBLIC_KEY: 'MCowBQYDK2VwAyEA',
}

test('what is not said has its usual value', () => {
  expect(readConfig(environment)).toMatchObject({ port: 4004, host: '127.0.0.1', sweepMilliseconds: 30_000 })
})

test('what does not fit is named, and its value is not repeated', () => {
  const read = () =>
    readConfig({ ...environment, DATABASE_URL_MATCHING: 'mysql://secret@somewhere', JOBS_URL: undefined })
  expect(read).toThrow(/DATABASE_URL_MATCHING must begin with/)
  expect(read).toThrow(/JOBS_URL is missing/)
  expect(read).not.toThrow(/secret/)
})
