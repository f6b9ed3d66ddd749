import fc from 'fast-check'
import { replay } from '../world/replay.ts'

/** One malformed input at one door. `play` sends it and says what should not have happened. */
export type Case = Readonly<{ name: string; play: () => Promise<readonly string[]> }>

const lanes = 12
const faultsShown = 20

/**
 * Plays `count` cases, several at a time, and returns the faults, each with how to play its case again
 * (`SEED=1605:37`). With a path in `SEED` only that case is played.
 */
export async function playAll(cases: fc.Arbitrary<Case>, count: number): Promise<string[]> {
  const sampled = [...fc.sample(cases, { numRuns: count, seed: replay.seed }).entries()]
  const chosen = replay.path === undefined ? sampled : sampled.filter(([index]) => index === Number(replay.path))
  const faults: string[] = []
  const lane = async () => {
    for (let next = chosen.shift(); next && faults.length < faultsShown; next = chosen.shift()) {
      const [index, { name, play }] = next
      const found = await play().catch((error: unknown) => [`was cut off: ${String(error)}`])
      faults.push(...found.map((fault) => `SEED=${replay.seed}:${index} ${name}: ${fault}`))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return faults
}
