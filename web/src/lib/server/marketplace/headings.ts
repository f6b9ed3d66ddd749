import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'

/**
 * What tells offers and requests of the same competence apart: the owner's heading, or else the reference. Nothing where it is not
 * known, or while marketplace is away: the page is about something else.
 */
export async function headingsOf(
  { marketplace }: Services,
  ids: readonly string[],
): Promise<(id: string) => string | null> {
  const found = ids.length > 0 ? await ifAnswered(() => marketplace.market.headings.query({ ids: [...ids] })) : null
  const headings = new Map(found?.items.map(({ id, title, reference }) => [id, title ?? reference]))
  return (id) => headings.get(id) ?? null
}
