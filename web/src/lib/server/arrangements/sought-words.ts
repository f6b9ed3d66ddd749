import { listed } from '#lib/arrangements/words.ts'
import { m } from '#lib/i18n.ts'

/**
 * The words of a search, each once. Those that only join the others in a title are left out, so that one that is pasted finds
 * its arrangement; unless they are all that is looked for.
 */
export function soughtWords(asked: string): string[] {
  const andMore = new RegExp(m.arrangement_names_more({ name: '', count: String.raw`\d+` }), 'gi')
  const joining = wordsIn(m.arrangement_title({ competence: '', lender: '', borrowers: listed(['', '']) }))
  const words = wordsIn(asked.replaceAll(andMore, ' '))
  const telling = words.filter((word) => !joining.includes(word))
  return telling.length > 0 ? telling : wordsIn(asked)
}

function wordsIn(text: string): string[] {
  return [...new Set(text.toLowerCase().split(/[\s,]+/u))].filter((word) => word !== '')
}
