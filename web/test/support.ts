import {
  type APIRequest,
  type BrowserContext,
  test as base,
  type Cookie,
  expect,
  type Locator,
  type Page,
} from '@playwright/test'
import { hands, type Someone } from './hands.ts'
import { address } from './surroundings.ts'
import { openWays, type Ways } from './ways.ts'
import { type Locale, type Words, words } from './words.ts'

export { expectAccessible, expectFits } from './accessibility.ts'
export { expect, type Locale, type Locator, type Page, type Someone, type Words }

/** The password of all demonstration accounts. */
export const password = 'ensam-ar-inte-stark'

/** Opens a window of one who is signed in, such as `skolchef@norberg.example`; each account has its own browser. */
export type As = (email: string) => Promise<Page>

type Settings = { lang: Locale; by: keyof typeof hands }
type Given = {
  t: Words
  as: As
  /** As `as`, with how this test uses a page. */
  someone: (email: string) => Promise<Someone>
  watch: (context: BrowserContext) => Promise<void>
}
type Shared = { sessionOf: (email: string) => Promise<Cookie>; ways: Ways }

/**
 * A test speaks one language (`test.use({ lang: 'en' })`) and finds what it looks for by the words of that language.
 * It fails when a page breaks its own content policy or a script of it breaks.
 */
export const test = base.extend<Settings & Given, Shared>({
  lang: ['sv', { option: true }],
  by: ['pointer', { option: true }],
  t: async ({ lang }, use) => use(words(lang)),
  /** One session for each account and worker: signing in is for the tests of signing in. */
  sessionOf: [
    async ({ playwright }, use) => {
      const sessions = new Map<string, Promise<Cookie>>()
      await use((email) => {
        const session = sessions.get(email) ?? openSession(playwright.request, email)
        sessions.set(email, session)
        return session
      })
    },
    { scope: 'worker' },
  ],
  ways: [
    async ({ playwright, sessionOf }, use) => {
      await use(openWays(playwright.request, sessionOf))
    },
    { scope: 'worker' },
  ],
  as: async ({ browser, sessionOf, watch }, use) => {
    const contexts = new Map<string, BrowserContext>()
    await use(async (email) => {
      const context = contexts.get(email) ?? (await browser.newContext())
      if (!contexts.has(email)) {
        contexts.set(email, context)
        await watch(context)
        await context.addCookies([await sessionOf(email)])
      }
      return context.newPage()
    })
    await Promise.all([...contexts.values()].map((context) => context.close()))
  },
  someone: async ({ as, t, lang, by, javaScriptEnabled }, use) => {
    await use(async (email) => ({
      page: await as(email),
      t,
      lang,
      hand: hands[by],
      script: javaScriptEnabled !== false,
    }))
  },
  /** Gives a browser the test's language, and sees to it that nothing breaks in it unseen. */
  watch: async ({ lang }, use) => {
    const problems: string[] = []
    await use(async (context) => {
      context.on('page', (page) => {
        page.on('pageerror', (error) => problems.push(error.message))
        page.on('console', (message) => {
          const isProblem = message.type() === 'error' || /hydration/i.test(message.text())
          // A refused form and a page that is not there are said so, too: the tests of those look at their answers.
          if (isProblem && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
        })
        page.on('response', (response) => {
          const isPart = ['script', 'stylesheet', 'image', 'font'].includes(response.request().resourceType())
          if (isPart && response.status() >= 400) problems.push(`${response.status()} ${response.url()}`)
        })
      })
      if (lang === 'sv') return
      await context.addCookies([{ name: 'samkraft-lang', value: lang, url: address, httpOnly: true }])
    })
    expect(problems).toEqual([])
  },
  context: async ({ context, watch }, use) => {
    await watch(context)
    await use(context)
  },
})

async function openSession(requests: APIRequest, email: string): Promise<Cookie> {
  const request = await requests.newContext({ baseURL: address })
  const response = await request.post('/logga-in', {
    headers: { origin: address, accept: 'text/html' },
    form: { email, password },
    maxRedirects: 0,
  })
  expect(response.status(), `${email} signs in`).toBe(303)
  const [session] = response.headersArray().filter(({ name }) => name.toLowerCase() === 'set-cookie')
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(session?.value ?? '') ?? []
  await request.dispose()
  const { hostname, protocol } = new URL(address)
  return {
    name,
    value,
    domain: hostname,
    path: '/',
    httpOnly: true,
    secure: protocol === 'https:',
    sameSite: 'Lax',
    expires: -1,
  }
}

/** Signs in as an account of the demonstration, such as `skolchef@norberg.example`, and waits for where it leads. */
export async function signIn(page: Page, t: Words, email: string, to = '/'): Promise<void> {
  await page.goto(to === '/' ? '/logga-in' : `/logga-in?${new URLSearchParams({ till: to })}`)
  await page.getByLabel(t('sign_in_email')).fill(email)
  await page.getByLabel(t('sign_in_password')).fill(password)
  await page.getByRole('button', { name: t('sign_in') }).click()
  await page.waitForURL((url) => url.pathname + url.search === to)
}
