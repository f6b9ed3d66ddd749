import { readdirSync } from 'node:fs'
import { hands } from './hands.ts'
import { pages, type Visit } from './pages.ts'
import { expect, expectAccessible, type Locale, type Someone, test } from './support.ts'
import type { Ways } from './ways.ts'

const routes = new URL('../src/routes/', import.meta.url)
const soft = expect.configure({ soft: true })

/** Every page there is by its folder, an error page by its file. */
function routesWithPages(): string[] {
  return readdirSync(routes, { recursive: true, encoding: 'utf8' })
    .filter((file) => /[+](page|error)[.]svelte$/.test(file))
    .map((file) => `/${file.replace(/\/?[+]page[.]svelte$|[.]svelte$/, '')}`)
}

test('every page there is, is looked at', () => {
  expect(Object.keys(pages).sort()).toEqual(routesWithPages().sort())
})

for (const lang of ['sv', 'en'] satisfies Locale[]) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang })

    for (const [at, [route, visits]] of Object.entries(pages).entries()) {
      if (visits.length === 0) continue
      test(`${route} can be read by everyone: narrow and wide, light and dark`, async ({
        context,
        someone,
        ways,
        t,
      }) => {
        test.setTimeout(60_000 + visits.length * 20_000)
        const stranger = async () => ({ page: await context.newPage(), t, lang, hand: hands.pointer, script: true })
        // Each has one window: a new one is a new process of the browser.
        const readers = new Map<string | undefined, Promise<Someone>>()
        const readerOf = (account: string | undefined) => {
          const reader = readers.get(account) ?? (account === undefined ? stranger() : someone(account))
          readers.set(account, reader)
          return reader
        }
        for (const visit of inLanguage(visits, lang)) {
          await test.step([visit.part, visit.state].filter(Boolean).join(', ') || 'as it is', async () => {
            const reader = await readerOf(visit.as)
            // What a file does with width is the same for its parts and states, and in both languages; narrow is where each may go wrong.
            const isWide = visit === visits[0] && inTurn(at, lang)
            await look(reader, visit, await addressOf(visit, ways), isWide ? [1280, 320] : [320])
          })
        }
      })
    }

    test('no two pages are called the same', async ({ ways }) => {
      const called = new Map<string, string[]>()
      const asked = new Set<string>()
      for (const [route, visits] of Object.entries(pages)) {
        for (const visit of visits.filter(({ state }) => state === undefined)) {
          const path = await addressOf(visit, ways)
          if (asked.has(path)) continue
          asked.add(path)
          const title = await ways.titleOf(path, visit.as, lang)
          called.set(title, [...(called.get(title) ?? []), [route, visit.part].filter(Boolean).join(' ')])
        }
      }
      const shared = [...called.values()].filter((names) => names.length > 1)
      // The first question is the same page before and after there is a draft to keep its answer in.
      expect(shared).toEqual([
        ['/behov/nytt', '/behov/nytt/[id]/[step] kompetens'],
        ['/utbud/nytt', '/utbud/nytt/[id]/[step] kompetens'],
      ])
    })
  })
}

/** What is looked at in one language: every page, and every second of the other states. */
function inLanguage(visits: readonly Visit[], lang: Locale): Visit[] {
  const states = visits.filter(({ state }) => state !== undefined)
  return visits.filter((visit) => visit.state === undefined || inTurn(states.indexOf(visit), lang))
}

/** Every second in Swedish, the others in English. */
function inTurn(at: number, lang: Locale): boolean {
  return at % 2 === (lang === 'sv' ? 0 : 1)
}

async function addressOf({ at }: Visit, ways: Ways): Promise<string> {
  return typeof at === 'string' ? at : at(ways)
}

async function look(reader: Someone, visit: Visit, path: string, widths: readonly number[]): Promise<void> {
  const { part, state, status = 200, first } = visit
  const { page, lang } = reader
  const response = await page.goto(path)
  expect(response?.status(), path).toBe(status)
  await first?.(reader)
  const about = [path, part, state].filter(Boolean).join(', ')
  await soft(page.locator('html'), about).toHaveAttribute('lang', lang)
  await soft(page.locator('h1'), about).toHaveCount(1)
  await soft(page, about).toHaveTitle(/^\S.* – Samkraft$/)
  // Light in Swedish and dark in English: colours are the same in both languages, so each page is seen in both schemes.
  await expectAccessible(page, { about, widths, schemes: 1 })
}
