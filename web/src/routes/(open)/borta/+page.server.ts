import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import type { PageServerLoad } from './$types'

/** Stands in for a page when identity is away: the shell, and a word about trying again. */
export const load: PageServerLoad = () => error(503, m.error_unavailable())
