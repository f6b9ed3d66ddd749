import { afterEach, expect, test } from 'vitest'
import { findBinaries } from './postgres-binaries.ts'

const { arch, platform } = process

afterEach(() => {
  Object.defineProperty(process, 'arch', { value: arch })
  Object.defineProperty(process, 'platform', { value: platform })
})

test('a machine nobody has built Postgres for is told what to use instead', async () => {
  Object.defineProperty(process, 'arch', { value: 'riscv64' })
  await expect(findBinaries()).rejects.toThrow(
    /no Postgres to run on \w+-riscv64\. Use a managed one: set DATABASE_URL_/,
  )
})

test('Windows is told about WSL', async () => {
  Object.defineProperty(process, 'platform', { value: 'win32' })
  await expect(findBinaries()).rejects.toThrow('On Windows, use WSL')
})
