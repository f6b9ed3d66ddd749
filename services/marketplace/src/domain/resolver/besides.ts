import type { WrittenExtent } from '@samkraft/contracts/marketplace'
import type { Period } from '@samkraft/kernel'
import { readExtent } from './extent.ts'
import { readTerm } from './term.ts'

/** What a text says beside the words to look for: how much is asked for, and when; null where it does not. */
export type Besides = Readonly<{ extent: WrittenExtent | null; period: Period | null; rest: string }>

/** Reads extent and term off a text; `rest` is what else it says. */
export function readBesides(text: string): Besides {
  const { extent, rest } = readExtent(text)
  return { extent, ...readTerm(rest) }
}
