import { json } from '@sveltejs/kit'
import { nothingFound } from '#lib/marketplace/found.ts'
import type { RequestHandler } from './$types'

/** What the words typed so far may mean, for the field that suggests competences. */
export const GET: RequestHandler = async ({ url, locals }) => {
  const text = (url.searchParams.get('q') ?? '').trim().slice(0, 100)
  return json(text === '' ? nothingFound : await locals.services.marketplace.competence.suggest.query({ text }))
}
