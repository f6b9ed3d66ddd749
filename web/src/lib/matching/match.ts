import type { Outcome } from '@samkraft/contracts/matching'

/** A match as a page shows it: in words, from either side. */
export type MatchCard = Readonly<{
  key: string
  score: number
  /** What one looks at: the offer, or the request. */
  title: string
  /** What tells it from others alike: its owner's heading or its reference; null where it has none. */
  heading: string | null
  href: string
  /** Whose it is, how far away and how. */
  about: string
  /** `6 av 8 tim/v, v. 2–23`; null where there are too few hours to help. */
  gives: string | null
  reasons: readonly Readonly<{ outcome: Outcome; text: string; points: number; max: number }>[]
  betters: readonly Readonly<{ text: string; points: number }>[]
  /** Where to propose an arrangement from it; null for those who only look. */
  propose: string | null
  /** Why it is not open to the reader; null when it is. */
  refused: string | null
  /** The arrangement that is already being agreed on about it; then there is nothing to propose. */
  underWay: string | null
}>

/** Offers that together cover more of a request than any alone, in words. */
export type Combination = Readonly<{
  about: string
  parts: readonly Readonly<{
    key: string
    href: string
    title: string
    heading: string | null
    text: string
    propose: string | null
  }>[]
  open: string
}>
