import { ifAnswered } from '../refusal.ts'
import type { Services } from '../services.ts'

/** The references of offers and requests, whatever their status now: what papers call them by. Null where it is not known. */
export async function referencesOf(services: Services, ids: readonly string[]): Promise<(id: string) => string | null> {
  const references = new Map((await headings(services, ids)).map(({ id, reference }) => [id, reference]))
  return (id) => references.get(id) ?? null
}

/**
 * What tells offers and requests of the same competence apart: the owner's heading, or else the reference. Nothing where it is not
 * known, or while marketplace is away: the page is about something else.
 */
export async function headingsOf(services: Services, ids: readonly string[]): Promise<(id: string) => string | null> {
  const found = new Map((await headings(services, ids)).map(({ id, title, reference }) => [id, title ?? reference]))
  return (id) => found.get(id) ?? null
}

async function headings({ marketplace }: Services, ids: readonly string[]) {
  const found = ids.length > 0 ? await ifAnswered(() => marketplace.market.headings.query({ ids: [...ids] })) : null
  return found?.items ?? []
}
