import { pages, type Visit } from './pages.ts'
import { expectFits, test } from './support.ts'
import { browser } from './surroundings.ts'

/** Twice the usual 16 px, as one sets it in the browser. */
const twice = '--blink-settings=defaultFontSize=32'

test.use({
  viewport: { width: 390, height: 844 },
  launchOptions: { executablePath: browser, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', twice] },
})

/** Those that show much side by side: lists, facts, matches, figures, forms. */
const routes = [
  '/',
  '/behov',
  '/behov/[id]',
  '/behov/mina',
  '/konto',
  '/organisation',
  '/samarbeten',
  '/samarbeten/[id]',
  '/samordning',
  '/samordning/fordelning/[id]',
  '/samordning/fordelning/[id]/par',
  '/samordning/tal',
  '/samordning/utan-traff',
  '/utbud/[id]',
  '/utbud/mina',
  '/utbud/nytt/[id]/[step]',
]

test('with text twice as large nothing reaches outside a telephone (WCAG 1.4.4)', async ({ someone, ways }) => {
  for (const route of routes) {
    const visit: Visit | undefined = pages[route]?.[0]
    if (!visit?.as) throw new Error(`${route} is not among the pages of somebody who is signed in`)
    const { page } = await someone(visit.as)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(typeof visit.at === 'string' ? visit.at : await visit.at(ways))
    await expectFits(page, route)
  }
})
