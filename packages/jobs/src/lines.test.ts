import { expect, test } from 'vitest'
import { Lines } from './lines.ts'

test('work of one key runs one after another, of different keys side by side', async () => {
  const lines = new Lines()
  const told: string[] = []
  const gate = Promise.withResolvers<undefined>()
  const first = lines.run('a', async () => {
    await gate.promise
    told.push('a1')
  })
  const second = lines.run('a', async () => void told.push('a2'))
  await lines.run('b', async () => void told.push('b1'))
  gate.resolve(undefined)
  await Promise.all([first, second])
  expect(told).toEqual(['b1', 'a1', 'a2'])
})

test('a failure is its own: the next in line goes on', async () => {
  const lines = new Lines()
  const failing = lines.run('a', () => Promise.reject(new Error('no')))
  const next = lines.run('a', () => Promise.resolve('yes'))
  await expect(failing).rejects.toThrow('no')
  await expect(next).resolves.toBe('yes')
})
