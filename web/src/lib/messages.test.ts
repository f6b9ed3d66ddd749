import { glob, readFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

type Message = string | ReadonlyArray<{ declarations: string[]; match: Record<string, string> }>

const room = fileURLToPath(new URL('../../messages/', import.meta.url))

async function read(locale: string): Promise<Map<string, Record<string, Message>>> {
  const files = new Map<string, Record<string, Message>>()
  for await (const file of glob(`${room}${locale}/*.json`)) {
    files.set(basename(file), JSON.parse(await readFile(file, 'utf8')))
  }
  return files
}

/** The gaps of a message: what a caller must give it. */
function gaps(message: Message): string[] {
  const texts = typeof message === 'string' ? [message] : message.flatMap(({ match }) => Object.values(match))
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')))].sort()
}

const swedish = await read('sv')
const english = await read('en')
const settings = JSON.parse(await readFile(`${room}../project.inlang/settings.json`, 'utf8'))

test('both languages have the same messages, file by file', () => {
  expect([...english.keys()].sort()).toEqual([...swedish.keys()].sort())
  for (const [file, messages] of swedish) {
    expect(Object.keys(english.get(file) ?? {}).sort(), file).toEqual(Object.keys(messages).sort())
  }
})

test('a message has the same gaps in both languages', () => {
  for (const [file, messages] of swedish) {
    for (const [key, message] of Object.entries(messages)) {
      expect(gaps(english.get(file)?.[key] ?? ''), `${file} ${key}`).toEqual(gaps(message))
    }
  }
})

test('no key is used twice, and none is empty', () => {
  const keys = [...swedish.values()].flatMap((messages) => Object.keys(messages))
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  for (const messages of [...swedish.values(), ...english.values()]) {
    expect(Object.entries(messages).filter(([, message]) => message === '')).toEqual([])
  }
})

test('every file of messages is compiled', () => {
  const named = (settings['plugin.inlang.messageFormat'].pathPattern as string[]).map((path) => basename(path))
  expect(named.toSorted()).toEqual([...swedish.keys()].sort())
  expect(dirname(settings['plugin.inlang.messageFormat'].pathPattern[0])).toBe('./messages/{locale}')
})

test('no message speaks of the ledger: that is a word of the house', () => {
  for (const [key, message] of [...swedish.values(), ...english.values()].flatMap(Object.entries))
    expect(JSON.stringify(message), key).not.toMatch(/liggare|ledger/i)
})
