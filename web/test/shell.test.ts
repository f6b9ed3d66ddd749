import type { Request, Route } from '@playwright/test'
import { expect, type Locale, password, signIn, test } from './support.ts'

const someone = 'skolchef@norberg.example'

for (const lang of ['sv', 'en'] satisfies Locale[]) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang })

    for (const javaScriptEnabled of [true, false]) {
      test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
        test.use({ javaScriptEnabled })

        test('one signs in, sees who one is, and signs out', async ({ page, t }) => {
          await signIn(page, t, someone, '/tillganglighet')
          await expect(page.getByRole('banner')).toContainText('Norbergs kommun')
          await expect(page.getByRole('navigation', { name: t('nav_label') })).toBeVisible()
          await page.getByRole('button', { name: t('sign_out') }).click()
          await expect(page.getByText(t('signed_out'))).toBeVisible()
          await page.goto('/utbud')
          await expect(page).toHaveURL(/logga-in\?till=%2Futbud/)
        })

        test('what does not fit is said beside its field, and what was typed is kept', async ({ page, t }) => {
          await page.goto('/logga-in')
          await page.getByLabel(t('sign_in_email')).fill('skolchef')
          await page.getByRole('button', { name: t('sign_in') }).click()
          const summary = page.getByRole('alert')
          await expect(summary).toBeFocused()
          await expect(summary.getByRole('link')).toHaveCount(2)
          const email = page.getByLabel(t('sign_in_email'))
          await expect(email).toHaveValue('skolchef')
          await expect(email).toHaveAccessibleDescription(new RegExp(t('error_field_email')))
          await expect(page).toHaveTitle(new RegExp(`^${t('field_error')}`))
          await summary.getByRole('link').first().click()
          await expect(email).toBeFocused()
        })
      })
    }
  })
}

test('an address that leads nowhere says so in the words of the page, also below one that leads somewhere', async ({
  as,
  t,
}) => {
  const page = await as(someone)
  for (const path of [
    '/finns-inte',
    `/samarbeten/${crypto.randomUUID()}/finns-inte`,
    '/utbud/nytt/finns-inte/finns-inte',
  ]) {
    expect((await page.goto(path))?.status()).toBe(404)
    await expect(page.getByRole('main')).toContainText(t('error_page_not_found'))
  }
})

test('an unknown address and a wrong password are refused in the same words', async ({ page, t }) => {
  const refusals: string[] = []
  for (const email of [someone, 'ingen@norberg.example']) {
    await page.goto('/logga-in')
    await page.getByLabel(t('sign_in_email')).fill(email)
    await page.getByLabel(t('sign_in_password')).fill('inte det rätta lösenordet')
    await page.getByRole('button', { name: t('sign_in') }).click()
    refusals.push(await page.getByRole('alert').innerText())
    await expect(page.getByLabel(t('sign_in_email'))).toHaveValue(email)
  }
  expect(refusals[0]).toContain(t('error_session_sign_in_refused'))
  expect(refusals[1]).toBe(refusals[0])
})

test('who asks for a file when their session has ended comes to the page it is fetched from', async ({ page, t }) => {
  await page.goto('/historik/fil?del=identity')
  await page.getByLabel(t('sign_in_email')).fill(someone)
  await page.getByLabel(t('sign_in_password')).fill(password)
  await page.getByRole('button', { name: t('sign_in') }).click()
  await expect(page).toHaveURL('/historik?del=identity')
  await expect(page.getByRole('link', { name: t('log_file') })).toBeVisible()
})

for (const javaScriptEnabled of [true, false]) {
  test.describe(() => {
    test.use({ javaScriptEnabled })

    test(`signing in works with the keyboard alone, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
      page,
      t,
    }) => {
      await page.goto('/logga-in?till=/tillganglighet')
      await page.keyboard.press('Tab')
      await expect(page.getByRole('link', { name: t('skip_to_content') })).toBeFocused()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      await expect(page.getByLabel(t('sign_in_email'))).toBeFocused()
      await page.keyboard.type(someone)
      await page.keyboard.press('Tab')
      await page.keyboard.type('ensam-ar-inte-stark')
      await page.keyboard.press('Enter')
      // The place one skipped to stays in the address where the form goes by the browser itself, as it does until script has come.
      await page.waitForURL(({ pathname }) => pathname === '/tillganglighet')
    })
  })
}

test('a link may name the language, which is then kept', async ({ page, t }) => {
  await page.goto('/tillganglighet?lang=en')
  await expect(page).toHaveURL('/tillganglighet')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.goto('/logga-in')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.getByRole('link', { name: 'Svenska' }).click()
  await expect(page.getByRole('heading', { level: 1, name: t('sign_in') })).toBeVisible()
})

test('one is led on only within the site', async ({ page, t }) => {
  for (const to of ['//evil.example/', 'https://evil.example/', '/\\evil.example']) {
    await page.goto(`/logga-in?${new URLSearchParams({ till: to })}`)
    await page.getByLabel(t('sign_in_email')).fill(someone)
    await page.getByLabel(t('sign_in_password')).fill('ensam-ar-inte-stark')
    await page.getByRole('button', { name: t('sign_in') }).click()
    await page.waitForURL((url) => url.pathname === '/')
    await page.context().clearCookies()
  }
})

test('who listens without a session is told so, and not led to a page', async ({ request }) => {
  const headers = { accept: 'text/event-stream' }
  expect((await request.get('/live', { headers, maxRedirects: 0 })).status()).toBe(401)
  expect((await request.get('/live', { maxRedirects: 0 })).status()).toBe(303)
})

test('every answer is protected, and a signed-in page is stored nowhere', async ({ request, as }) => {
  const open = await request.get('/logga-in')
  const closed = await (await as(someone)).goto('/organisation')
  for (const headers of [open.headers(), closed?.headers() ?? {}]) {
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+'/)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe-inline')
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  }
})

test('a form sent from another site is refused', async ({ request }) => {
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }]) {
    const response = await request.post('/logga-ut', { headers, form: {} })
    expect(response.status()).toBe(403)
  }
})

test('the session secret is out of reach of script and of other hosts', async ({ page, t, context }) => {
  await signIn(page, t, someone, '/tillganglighet')
  const cookie = (await context.cookies()).find(({ name }) => name.includes('samkraft') && !name.endsWith('lang'))
  const secure = new URL(page.url()).protocol === 'https:'
  const name = secure ? '__Host-samkraft' : 'samkraft'
  expect(cookie).toMatchObject({ name, httpOnly: true, secure, sameSite: 'Lax', path: '/' })
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('signing out is no link', async ({ page, t }) => {
  await signIn(page, t, someone, '/tillganglighet')
  await page.goto('/logga-ut')
  await page.goto('/tillganglighet')
  await expect(page.getByRole('button', { name: t('sign_out') })).toBeVisible()
})

test('a form that cannot be read is refused, and so is a strange field', async ({ request, baseURL }) => {
  const headers = { origin: baseURL ?? '', 'content-type': 'multipart/form-data; boundary=x' }
  const broken = await request.post('/logga-in', { headers, data: 'no boundary at all' })
  expect(broken.status()).toBe(400)
  const strange = { __proto__x: '1', constructor: '2', toString: '3', email: '\u0000', password: 'x'.repeat(2_000) }
  const refused = await request.post('/logga-in', { headers: { origin: baseURL ?? '' }, form: strange })
  expect(refused.status()).toBe(422)
  expect(await refused.text()).not.toContain(strange.password)
})

test('what is typed before the scripts have come stays', async ({ page, t }) => {
  const arrived = Promise.withResolvers<undefined>()
  await page.route('**/*.js', async (route) => {
    await arrived.promise
    await route.continue()
  })
  await page.goto('/logga-in', { waitUntil: 'commit' })
  await page.getByLabel(t('sign_in_email')).fill(someone)
  arrived.resolve(undefined)
  await page.waitForLoadState('networkidle')
  await expect(page.getByLabel(t('sign_in_email'))).toHaveValue(someone)
})

test('the scripts of a page are less than 100 kB on their way, in few files', async ({ as }) => {
  const page = await as(someone)
  const scripts: Request[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request)
  })
  await page.goto('/behov')
  await page.waitForLoadState('networkidle')
  const sizes = await Promise.all(scripts.map((request) => request.sizes()))
  expect(sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)).toBeLessThan(100_000)
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.length, scripts.map((request) => request.url()).join('\n')).toBeLessThan(40)
})

test('what could not be sent stays as it was typed, and can be sent again', async ({ page, t }) => {
  await page.goto('/logga-in')
  await page.getByLabel(t('sign_in_email')).fill(someone)
  await page.getByLabel(t('sign_in_password')).fill(password)
  const send = page.getByRole('button', { name: t('sign_in') })
  const answers: ((route: Route) => Promise<void>)[] = [
    (route) => route.abort(),
    (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' }),
  ]
  for (const answer of answers) {
    await page.route('**/logga-in*', answer)
    await send.click()
    await expect(page.getByRole('alert')).toBeFocused()
    await expect(page.getByRole('alert')).toContainText(t('not_sent_about'))
    await expect(page.getByLabel(t('sign_in_email'))).toHaveValue(someone)
    await page.unroute('**/logga-in*')
  }
  await send.click()
  await expect(page.getByRole('banner')).toContainText('Norbergs kommun')
})
