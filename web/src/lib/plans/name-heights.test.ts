import { expect, test } from 'vitest'
import { nameHeights } from './name-heights.ts'

test('names of points that are near stand a line apart, and others at their points', () => {
  const points = [
    { x: 100, y: 50 },
    { x: 100, y: 67 },
    { x: 104, y: 50 },
    { x: 300, y: 52 },
  ]
  expect([...nameHeights(points)]).toEqual([
    [points[0], 50],
    [points[2], 65],
    [points[3], 52],
    [points[1], 80],
  ])
})
