/** What came of what one just did takes focus and comes into view, wherever on the page one did it. */
export function takeFocus(what: HTMLElement): void {
  what.focus()
  what.scrollIntoView({ block: 'start' })
}
