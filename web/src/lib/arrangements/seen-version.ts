import type { FormState } from '#lib/form.ts'

/**
 * The version a form answers to: the one its reader saw, also when the page was shown again for something else; after
 * a conflict the one whose changes the reader has now been told of.
 */
export function seenVersion(form: unknown, current: number): string {
  const state = form as FormState | null
  if (state?.code === 'arrangement.stale') return String(state.details['version'] ?? current)
  return state?.values?.['version']?.[0] ?? String(current)
}
