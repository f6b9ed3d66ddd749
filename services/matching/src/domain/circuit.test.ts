import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Circuit, shortestCircuit } from './circuit.ts'
import { distanceKm, type Position } from './parties.ts'

const place = fc.record({
  latitude: fc.double({ min: 55, max: 69, noNaN: true }),
  longitude: fc.double({ min: 11, max: 24, noNaN: true }),
})

const [vasteras, norberg, fagersta] = [
  { latitude: 59.6111, longitude: 16.54637 },
  { latitude: 60.06175, longitude: 15.95491 },
  { latitude: 60.00418, longitude: 15.7933 },
]

function lengthOf(order: readonly number[], places: readonly Position[]): number {
  return order.reduce((km, number, index) => {
    const next = order[(index + 1) % order.length] ?? 0
    return km + (distanceKm(places[number] ?? null, places[next] ?? null) ?? 0)
  }, 0)
}

function everyOrder(numbers: readonly number[]): number[][] {
  if (numbers.length === 0) return [[]]
  return numbers.flatMap((first) =>
    everyOrder(numbers.filter((number) => number !== first)).map((rest) => [first, ...rest]),
  )
}

test('no other order of visiting each place once is shorter', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 2, maxLength: 6 }), (places) => {
      const circuit = shortestCircuit(places)
      const shortest = Math.min(
        ...everyOrder(places.map((_, number) => number).slice(1)).map((rest) => lengthOf([0, ...rest], places)),
      )
      expect(circuit?.km).toBe(shortest)
    }),
    { numRuns: 200 },
  )
})

test('it visits each place once and is as long as its order says, also with ten places', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 10 }), (places) => {
      // No place is unknown here.
      const { order, km } = shortestCircuit(places) as Circuit
      expect(order[0]).toBe(0)
      expect(order.toSorted((a, b) => a - b)).toEqual(places.map((_, number) => number))
      expect(km).toBe(lengthOf(order, places))
    }),
    { numRuns: 50 },
  )
})

test('there and back when there are two, nothing when there is one, unknown when a place is', () => {
  expect(shortestCircuit([vasteras, norberg])).toEqual({ order: [0, 1], km: 120 })
  expect(shortestCircuit([vasteras])).toEqual({ order: [0], km: 0 })
  expect(shortestCircuit([vasteras, null, norberg])).toBeNull()
  expect(shortestCircuit([vasteras, norberg, fagersta])?.km).toBeLessThan(2 * 60 + 2 * 70)
})
