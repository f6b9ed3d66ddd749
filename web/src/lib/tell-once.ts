/** How addresses name what was just done: a move, an organisation one has joined, that one has signed out. */
const justDone = ['gjort', 'ny', 'ut']

/**
 * Takes what was just done out of the address once the page tells it: loaded again, kept or handed on, the page does not tell it
 * anew. The page itself keeps it, also when something on it is loaded anew; hence the browser's own call and not Kit's, which
 * would go back to the address with it.
 */
export function tellOnce({ href }: Readonly<{ href: string }>): void {
  const address = new URL(href)
  if (!justDone.some((name) => address.searchParams.has(name))) return
  for (const name of justDone) address.searchParams.delete(name)
  history.replaceState(history.state, '', address)
}
