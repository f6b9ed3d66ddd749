import type { PersonMove } from '@samkraft/contracts/arrangements'

/** Moves that need words have a page of their own, named so in its address; the others are one button. */
export const movePages = {
  revise: 'motforslag',
  decide: 'besluta',
  decline: 'avboj',
  return: 'skicka-tillbaka',
  withdraw: 'dra-tillbaka',
  end: 'avsluta',
} as const satisfies Partial<Record<PersonMove, string>>

export type MoveWithPage = keyof typeof movePages

export function hasPage(move: PersonMove): move is MoveWithPage {
  return move in movePages
}

/** The move an address names. */
export function moveAt(slug: string): MoveWithPage | null {
  const found = Object.entries(movePages).find(([, name]) => name === slug)
  return found ? (found[0] as MoveWithPage) : null
}
