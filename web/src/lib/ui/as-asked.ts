import { page } from '$app/state'

/**
 * Brings the fields of a filter back to what its list is asked for when the address says something else: a field somebody has
 * typed in does not follow by itself. What is being typed stays while the address does.
 */
export function asAsked(): (form: HTMLFormElement) => void {
  let asked: string | undefined
  return (form) => {
    const { search } = page.url
    if (asked !== undefined && asked !== search) form.reset()
    asked = search
  }
}
