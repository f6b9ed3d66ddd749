/** Why terms would not be approved as they stand: too few hours are left, or the offer is gone. */
export type Hindrance = 'hours' | 'offer'

/** What the parties agree on, as pages show it. */
export type TermsSaid = Readonly<{
  shares: readonly Readonly<{
    requestId: string
    /** Of the request; null when it cannot be read. */
    reference: string | null
    organisation: string
    hours: string
    /** In all its weeks. */
    inAll: string
    /** At the price per hour of the terms; null when they have none. */
    cost: string | null
    period: Readonly<{ from: string; to: string }>
  }>[]
  /** All shares together. */
  total: Readonly<{ hours: string; inAll: string; cost: string | null }>
  place: string
  rationale: string
  /** Null where nothing is known to stand in the way of an approval. */
  hindrance: Hindrance | null
  /** What stands in the way of these terms, or speaks against them, a sentence each. */
  warnings: readonly string[]
  /** What the parties have written to each other with their terms, oldest first. */
  messages: readonly Readonly<{ number: number; text: string; by: string }>[]
  offer: Readonly<{
    id: string
    title: string
    reference: string | null
    /** What is left of it while terms are agreed on, and what it comes with. */
    said: readonly Readonly<{ term: string; text: string }>[]
  }>
  /** What the offer cost when the terms were put, or costs now where that was not kept; null when it cannot be read. */
  cost: Readonly<{ label: string; text: string }> | null
}>
