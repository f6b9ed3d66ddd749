/** The languages of the web. */
export type Locale = 'sv' | 'en'

/** U+00A0: what holds a number and its unit on one line. */
export const nbsp = '\u00a0'
