import { readFile } from 'node:fs/promises'
import { aNewcomer, invite, join, test } from './invited.ts'
import { expect, type Locale, type Locator } from './support.ts'

for (const lang of ['sv', 'en'] satisfies Locale[]) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang })

    // Both languages and both ways are gone, not every pair of them: no page decides by two of these at once.
    const javaScriptEnabled = lang === 'sv'
    test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
      test.use({ javaScriptEnabled })

      test('what was done is told: who, what, from what to what', async ({ as, stranger, t }) => {
        const newcomer = aNewcomer('Logg')
        const page = await as('administrator@sala.example')
        await page.goto('/organisation')
        await join(await stranger(), t, await invite(page, t, newcomer), newcomer)
        await page.goto('/organisation')
        await page.getByRole('row').filter({ hasText: newcomer.title }).getByRole('link').click()
        await page.getByRole('checkbox', { name: t('role_registrar'), exact: true }).check()
        await page.getByRole('button', { name: t('person_roles_save') }).click()
        await expect(page.getByText(t('organisation_done_roles'))).toBeVisible()

        await page.goto('/historik')
        await page.getByLabel(t('log_area'), { exact: true }).selectOption('identity')
        await page.getByRole('button', { name: t('filter_show') }).click()
        await expect(page).toHaveURL('/historik?del=identity')
        const entry = page
          .getByRole('listitem')
          .filter({ hasText: newcomer.title })
          .filter({ hasText: t('log_person_change_roles') })
        await expect(entry).toContainText('Administratör')
        const changed = entry.getByRole('row').filter({ hasText: t('person_roles') })
        await expect(changed.getByRole('cell').first()).toHaveText(t('role_officer'))
        await expect(changed.getByRole('cell').last()).toHaveText(`${t('role_officer')}, ${t('role_registrar')}`)
        await expect(page.getByText(newcomer.email)).toHaveCount(0)
      })

      test('it is read page by page, and nothing is told twice', async ({ as, t }) => {
        const page = await as('registrator@vasteras.example')
        await page.goto('/historik?del=marketplace')
        const entries = page.getByRole('listitem').getByRole('heading')
        const next = page.getByRole('link', { name: t('page_next') })
        const seen: string[] = []
        for (;;) {
          seen.push(...(await entries.allInnerTexts()))
          if ((await next.count()) === 0) break
          const pressed = await next.getAttribute('href')
          await next.click()
          // The address is that of the next page a moment before its entries are there.
          await expect(next.and(page.locator(`[href="${pressed}"]`))).toHaveCount(0)
        }
        const published = seen.filter((what) => what.startsWith(t('log_offer_publish')))
        expect(published.length).toBeGreaterThan(1)
        expect(new Set(published).size).toBe(published.length)
      })
    })

    test('ids are resolved to what they stand for', async ({ as, t }) => {
      const page = await as('registrator@vasteras.example')
      await page.goto('/historik?del=arrangements')
      const entry = page
        .getByRole('listitem')
        .filter({ hasText: t('log_arrangement_propose') })
        .first()
      await expect(entry.getByRole('link').first()).toHaveText(/^SK-\d{4}-\d{4}$/)
      await entry.locator('summary').click()
      const shares = entry.getByRole('row').filter({ hasText: t('log_field_shares') })
      await expect(shares.getByRole('link').first()).toHaveText(/kommun|stad/)
      await expect(page.getByRole('main')).not.toContainText(/[0-9a-f]{8}-[0-9a-f]{4}-/)
    })

    test('it is downloaded as a table for a spreadsheet, where nothing is a formula', async ({ as, stranger, t }) => {
      const newcomer = { ...aNewcomer('Fil'), title: '=HYPERLINK("https://evil.example")' }
      const page = await as('administrator@arboga.example')
      await page.goto('/historik')
      await join(await stranger(), t, await invite(page, t, newcomer), newcomer)
      await page.goto('/historik?del=identity')
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: t('log_file') }).click(),
      ])
      expect(download.suggestedFilename()).toMatch(/^samkraft-[a-z]+-\d{4}-\d\d-\d\d\.csv$/)
      const text = await readFile(await download.path(), 'utf8')
      const [header, ...rows] = text.split('\r\n')
      expect(header).toBe(
        `\ufeff${['at', 'organisation', 'log', 'number', 'who', 'what', 'about', 'field', 'before', 'after']
          .map((name) => `"${name === 'organisation' ? t('register_name') : t(`log_column_${name}`)}"`)
          .join(';')}`,
      )
      expect(rows.length).toBeGreaterThan(1)
      expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
      expect(text).not.toMatch(/;"[=+\-@\t\r]/)
    })

    test('whether it is whole is checked by those whose task it is', async ({ as, t }) => {
      const page = await as('registrator@norberg.example')
      await page.goto('/historik')
      await page.getByRole('link', { name: t('log_check') }).click()
      await expect(page.getByRole('cell', { name: t('log_check_log_whole') })).toHaveCount(4)

      const officer = await as('handlaggare@norberg.example')
      await officer.goto('/historik')
      const check = officer.getByRole('button', { name: t('log_check') })
      await expect(check).toHaveAttribute('aria-disabled', 'true')
      await expect(check).toHaveAccessibleDescription(t('log_check_role'))
      const response = await officer.goto('/historik/kontroll')
      expect(response?.status()).toBe(403)
    })

    test('a day that cannot be read is said beside its field, and the rest is shown', async ({ as, t }) => {
      const page = await as('registrator@norberg.example')
      await page.goto('/historik')
      await page.goto('/historik?fran=2026-02-30&del=identity')
      await expect(page.getByLabel(t('filter_from'))).toHaveAccessibleDescription(new RegExp(t('error_date_invalid')))
      await expect(page.getByRole('listitem').first()).toBeVisible()
      // A file cannot say that it holds more than was asked for.
      const file = await page.getByRole('link', { name: t('log_file') }).getAttribute('href')
      const response = await page.request.get(file ?? '')
      expect(response.status()).toBe(422)
      await page.goto('/historik?fran=2020-01-01&till=2020-01-02')
      await page.getByRole('link', { name: t('log_whole') }).click()
      await expect(page).toHaveURL('/historik')
    })
  })
}

test('all logs are checked when somebody asks for it, not when a pointer rests on the link', async ({ as, t }) => {
  const page = await as('registrator@norberg.example')
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.goto('/historik?del=identity')
  const about = (path: string) => asked.filter((one) => one.startsWith(path))
  // Kit looks ahead at the press of a button at the latest, once its script has come.
  const point = (at: Locator) => at.dispatchEvent('mousedown')
  const menu = page.getByRole('banner')
  await expect(async () => {
    await point(menu.getByRole('link', { name: t('nav_offers') }))
    await expect.poll(() => about('/utbud'), { timeout: 500 }).not.toEqual([])
  }).toPass({ timeout: 10_000 })
  await point(page.getByRole('link', { name: t('log_check') }))
  await point(menu.getByRole('link', { name: t('nav_requests') }))
  await expect.poll(() => about('/behov')).not.toEqual([])
  expect(about('/historik/kontroll')).toEqual([])
})

test('on paper all is told, and nothing to press', async ({ as, t }) => {
  const page = await as('registrator@norberg.example')
  await page.goto('/historik?del=arrangements')
  await expect(page.getByRole('button', { name: t('log_print') })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: t('log_print') })).toBeHidden()
  await expect(page.getByRole('main').locator('h2.num').first()).toHaveText(/^\d{4}-\d\d-\d\d$/, { useInnerText: true })
  await expect(
    page
      .getByRole('row')
      .filter({ hasText: t('log_field_shares') })
      .first(),
  ).toBeVisible()
})

test('hours that another has lent are told by the arrangement they went to', async ({ as, t }) => {
  const page = await as('registrator@arboga.example')
  await page.goto('/historik?del=marketplace')
  const entry = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: t('log_ledger_reserve') })
    .first()
  await expect(entry.getByRole('heading').getByRole('link', { name: /^SK-\d{4}-\d+$/ })).toBeVisible()
  await expect(entry.getByRole('cell').getByRole('link', { name: /^SK-\d{4}-\d+$/ })).toHaveCount(1)
})

test('nobody reads what concerns others only', async ({ as }) => {
  const page = await as('handlaggare@norberg.example')
  await page.goto('/historik?del=marketplace')
  const main = page.getByRole('main')
  await expect(main.getByRole('listitem').first()).toBeVisible()
  await expect(main).not.toContainText('SALA-')
})
