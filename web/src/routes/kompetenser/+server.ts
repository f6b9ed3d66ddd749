import { json } from '@sveltejs/kit'
import type { RequestHandler } from './$types'

/** Competences that fit the words typed so far, for the field that suggests them. */
export const GET: RequestHandler = async ({ url, locals }) => {
  const text = (url.searchParams.get('q') ?? '').trim().slice(0, 100)
  if (text === '') return json([])
  const { items } = await locals.services.marketplace.competence.suggest.query({ text })
  return json(items)
}
