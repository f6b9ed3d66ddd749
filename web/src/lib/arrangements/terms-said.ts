/** What the parties agree on, as pages show it. */
export type TermsSaid = Readonly<{
  shares: readonly Readonly<{
    requestId: string
    organisation: string
    hours: string
    period: Readonly<{ from: string; to: string }>
  }>[]
  /** All shares together. */
  total: string
  place: string
  rationale: string
  /** Whose request would get more than it still lacks, a sentence each. */
  excess: readonly string[]
  /** What the parties have written to each other with their terms, oldest first. */
  messages: readonly Readonly<{ number: number; text: string; by: string }>[]
  /** `cost` is what the offer says of it now; null when the offer cannot be read. */
  offer: Readonly<{ id: string; title: string; cost: string | null }>
}>
