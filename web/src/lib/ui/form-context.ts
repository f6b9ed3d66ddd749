import { createContext } from 'svelte'
import type { FormState } from '#lib/form.ts'

/** The refusal a form shows, for its fields to read; a function, since the refusal changes while the fields stay. */
const [get, set, has] = createContext<() => FormState | null>()

export const setFormState = set

/** A field also stands outside a form that can be refused, such as among a list's filters. */
export function formState(): () => FormState | null {
  return has() ? get() : () => null
}
