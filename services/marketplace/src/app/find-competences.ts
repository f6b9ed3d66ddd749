import {
  type CompetenceDetail,
  type CompetenceSuggestions,
  type CompetenceView,
  type ListCompetences,
  type SuggestCompetences,
} from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import { z } from 'zod'
import type { Services } from '../context.ts'
import { listCompetences as list, readCompetence } from '../db/competences.ts'
import { placeText, readCursor, writeCursor } from './page.ts'

/** The vocabulary a page at a time, in its own order. */
export async function listCompetences(
  { db }: Pick<Services, 'db'>,
  { cursor, limit, group }: ListCompetences,
): Promise<{ items: CompetenceView[]; next: string | null }> {
  const place = readCursor(cursor, 'competences', placeText, z.string())
  const rows = await list(db, { group, after: place ? Number(place.value) : 0, limit: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(({ position: _position, ...view }) => view),
    next: last ? writeCursor('competences', String(last.position), last.slug) : null,
  }
}

/** One competence with all that is known of it; `not_found competence.not_found`. */
export async function getCompetence({ db }: Pick<Services, 'db'>, slug: string): Promise<CompetenceDetail> {
  const competence = await readCompetence(db, slug)
  if (!competence) throw new DomainError('not_found', 'competence.not_found')
  return competence
}

/** Competences that what is being typed may mean, the likeliest first, each with why it came up. */
export async function suggestCompetences(
  { resolver, vocabulary }: Pick<Services, 'resolver' | 'vocabulary'>,
  { text, limit }: SuggestCompetences,
): Promise<CompetenceSuggestions> {
  const { resolve } = await resolver()
  const { competences, notUnderstood, extent, period } = resolve(text, limit)
  const items = competences.flatMap(({ slug, evidence: { label, ...evidence } }) => {
    const name = vocabulary.get(slug)
    return name ? [{ ...name, word: label.text, wordKind: label.kind, ...evidence, typed: [...evidence.typed] }] : []
  })
  return { items, notUnderstood: [...notUnderstood], extent, period }
}
