import { beforeNavigate, goto, snapshot } from '$app/navigation'

/**
 * The page that begins a draft is left behind in the history. Whoever goes back to it finds the draft that was begun, at its own
 * first page (`first`), and not an empty page that would begin another. `route` is that of the draft's pages.
 */
export function backToBegun(route: string, first: (id: string) => string): void {
  let begun: string | null = null
  beforeNavigate(({ to }) => {
    begun = to?.route.id === route ? (to.params?.['id'] ?? null) : null
  })
  snapshot<string | null>({
    id: 'begun-draft',
    capture: () => begun,
    restore: (id) => {
      if (id !== null) void goto(first(id), { replaceState: true })
    },
  })
}
