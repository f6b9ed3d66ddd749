/**
 * The attribute of a `<details>` that stands open from the start, for a spread. `open={false}` would be said again when the
 * scripts come, and close what its reader has opened by then: one that stands closed says nothing.
 */
export function unfolded(isOpen: boolean): { open?: true } {
  return isOpen ? { open: true } : {}
}
