import { expect, test } from 'vitest'
import { someOf } from './whole-of.ts'

test('what is wanted of a long list is found on whatever page it stands, and no page after the last is read', async () => {
  const pages: number[] = []
  const read = async (cursor = '0') => {
    const page = Number(cursor)
    pages.push(page)
    return { items: [page * 2, page * 2 + 1], next: page < 40 ? String(page + 1) : null }
  }
  expect(await someOf(2, (item) => item === 3 || item === 60, read)).toEqual([3, 60])
  expect(pages.at(-1)).toBe(30)
  expect(await someOf(2, (item) => item === 81 || item === 82, read)).toEqual([81])
})
