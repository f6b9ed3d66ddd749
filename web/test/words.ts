import { readFileSync, readdirSync } from 'node:fs'

export type Locale = 'sv' | 'en'
type Message = string | ReadonlyArray<{ match: Readonly<Record<string, string>> }>

const room = new URL('../messages/', import.meta.url)

function messagesOf(locale: Locale): ReadonlyMap<string, Message> {
  const files = readdirSync(new URL(`${locale}/`, room)).filter((name) => name.endsWith('.json'))
  return new Map(
    files.flatMap((name) => {
      const messages: Record<string, Message> = JSON.parse(readFileSync(new URL(`${locale}/${name}`, room), 'utf8'))
      return Object.entries(messages)
    }),
  )
}

const messages = { sv: messagesOf('sv'), en: messagesOf('en') } as const satisfies Record<Locale, unknown>

/** The words of a page in one language, read from the messages themselves: what is written into the code is not found. */
export type Words = (key: string, gaps?: Readonly<Record<string, string | number>>) => string

/** A message with several forms gives the form named by `gaps.form`, else its last. */
export function words(locale: Locale): Words {
  return (key, gaps = {}) => {
    const message = messages[locale].get(key)
    if (message === undefined) throw new Error(`there is no message ${key}`)
    return formOf(message, gaps.form).replaceAll(/\{(\w+)\}/g, (_, name: string) => String(gaps[name] ?? ''))
  }
}

function formOf(message: Message, named: string | number | undefined): string {
  if (typeof message === 'string') return message
  const forms = Object.entries(message[0]?.match ?? {})
  return (forms.find(([match]) => match === named) ?? forms.at(-1))?.[1] ?? ''
}

/** Finds the words in a longer text, whatever kind of space is between them. */
export function saying(words: string): RegExp {
  return new RegExp(words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+'))
}
