import { error, redirect } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { paths } from '#lib/paths.ts'
import type { PageServerLoad } from './$types'

/** Stands in for a page when identity is away: the shell, and a word about trying again. */
export const load: PageServerLoad = ({ locals }) =>
  locals.away ? error(503, m.error_unavailable()) : redirect(303, paths.start)
