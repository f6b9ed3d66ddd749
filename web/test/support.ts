import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { type Locale, type Words, words } from './words.ts'

export { expect, type Locale, type Page, type Words, words }

/** The password of all demonstration accounts. */
export const password = 'ensam-ar-inte-stark'

type Settings = { lang: Locale }
type Given = { t: Words; sound: undefined }

/**
 * A test speaks one language (`test.use({ lang: 'en' })`) and finds what it looks for by the words of that language.
 * It fails when a page breaks its own content policy or a script of it breaks.
 */
export const test = base.extend<Settings & Given>({
  lang: ['sv', { option: true }],
  t: async ({ lang }, use) => use(words(lang)),
  sound: [
    async ({ context, lang, baseURL }, use) => {
      const problems: string[] = []
      context.on('page', (page) => {
        page.on('pageerror', (error) => problems.push(error.message))
        page.on('console', (message) => {
          if (/Content Security Policy|hydration/i.test(message.text())) problems.push(message.text())
        })
      })
      if (lang !== 'sv' && baseURL) {
        await context.addCookies([{ name: 'samkraft-lang', value: lang, url: baseURL, httpOnly: true }])
      }
      await use(undefined)
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

/** Signs in as an account of the demonstration, such as `skolchef@norberg.example`, and waits for where it leads. */
export async function signIn(page: Page, t: Words, email: string, to = '/'): Promise<void> {
  await page.goto(to === '/' ? '/logga-in' : `/logga-in?${new URLSearchParams({ till: to })}`)
  await page.getByLabel(t('sign_in_email')).fill(email)
  await page.getByLabel(t('sign_in_password')).fill(password)
  await page.getByRole('button', { name: t('sign_in') }).click()
  await page.waitForURL((url) => url.pathname + url.search === to)
}

/** Axe finds nothing at all on the page as it stands: no rule is left out. */
export async function expectAccessible(page: Page, about = page.url()): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
  )
  expect(found, about).toEqual([])
}

/** Nothing reaches outside a narrow screen (WCAG 1.4.10): what is there can be read without scrolling sideways. */
export async function expectFits(page: Page, about = page.url()): Promise<void> {
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return { scrollWidth, clientWidth }
  })
  expect(scrollWidth, `${about} is wider than its screen`).toBeLessThanOrEqual(clientWidth)
}

/** The page at an address, light and dark, wide and 320 px: axe finds nothing, and nothing sticks out. */
export async function expectEveryLookAccessible(page: Page, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 320]) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      const about = `${path}, ${colorScheme}, ${width} px`
      await expectAccessible(page, about)
      await expectFits(page, about)
    }
  }
}
