import { aNewcomer, invite, join, test } from './invited.ts'
import { expect, expectAccessible, type Locale, type Page } from './support.ts'

/** The way to one's page from the list of people. */
const linkOf = (page: Page, title: string) =>
  page.getByRole('table').first().getByRole('row').filter({ hasText: title }).getByRole('link')

for (const lang of ['sv', 'en'] satisfies Locale[]) {
  // Both languages and both ways are gone, not every pair of them.
  const javaScriptEnabled = lang === 'sv'
  test.describe(`in ${lang}, ${javaScriptEnabled ? 'with script' : 'without script'}`, () => {
    test.use({ lang, javaScriptEnabled })

    test('a forgotten password is replaced by a link from the administrator, who can mend a title too', async ({
      as,
      stranger,
      t,
    }) => {
      const newcomer = aNewcomer('Kurator')
      const page = await as('administrator@sala.example')
      const theirs = await stranger()
      await join(theirs, t, await invite(page, t, newcomer), newcomer)
      const elsewhere = await stranger()
      await elsewhere.goto('/logga-in')
      await expect(elsewhere.getByText(t('sign_in_forgotten'))).toBeVisible()

      await page.goto('/organisation')
      await linkOf(page, newcomer.title).click()
      const title = `Skol${newcomer.title.toLowerCase()}`
      await page.getByLabel(t('person_title'), { exact: true }).fill(title)
      await page.getByRole('button', { name: t('person_title_save') }).click()
      await expect(page.getByText(t('organisation_done_title'))).toBeVisible()
      await linkOf(page, title).click()
      await page.getByRole('button', { name: t('person_password_make') }).click()
      await expect(page.getByText(t('person_password_done_title'))).toBeVisible()
      const link = new URL(await page.getByLabel(t('person_password_link')).inputValue()).pathname
      if (javaScriptEnabled) await expectAccessible(page)
      await page.goto('/organisation')
      const waiting = page.getByRole('listitem').filter({ hasText: newcomer.email })
      await expect(waiting).toContainText(t('invitation_new_password'))

      const chosen = `${newcomer.password}, en annan`
      const password = elsewhere.getByLabel(t('invitation_password'), { exact: true })
      await elsewhere.goto(link)
      await expect(elsewhere.getByRole('heading', { level: 1, name: t('new_password_title') })).toBeVisible()
      await password.fill(chosen)
      await elsewhere.getByRole('button', { name: t('new_password_save') }).click()
      await expect(elsewhere.getByLabel(t('invitation_password_again'))).toHaveAccessibleDescription(
        new RegExp(t('error_password_not_same')),
      )
      await password.fill(chosen)
      await elsewhere.getByLabel(t('invitation_password_again')).fill(chosen)
      await elsewhere.getByRole('button', { name: t('new_password_save') }).click()
      await expect(elsewhere.getByText(t('account_password_changed'))).toBeVisible()
      await expect(elsewhere.getByRole('banner')).toContainText(title)
      await theirs.goto('/konto')
      await expect(theirs).toHaveURL(/logga-in/)
    })

    test('the only administrator of a municipality has a link from the region, and both read that it was made', async ({
      as,
      stranger,
      t,
    }) => {
      // One each: a newer link takes the place of one that waits.
      const [place, municipality] =
        lang === 'sv' ? ['kungsor', 'Kungsörs kommun'] : ['skinnskatteberg', 'Skinnskattebergs kommun']
      const page = await as('administrator@regionvastmanland.example')
      await page.goto(`/organisation/alla?q=${place}`)
      await page.getByRole('main').getByRole('link', { name: municipality }).click()
      const region = page.getByRole('region', { name: t('administrator_password_title') })
      await region.getByRole('button', { name: t('person_password_make') }).click()
      await expect(region.getByText(t('person_password_done_title'))).toBeVisible()
      const link = new URL(await region.getByLabel(t('person_password_link')).inputValue()).pathname
      if (javaScriptEnabled) await expectAccessible(page)

      const theirs = await stranger()
      await theirs.goto(link)
      await expect(theirs.getByRole('heading', { level: 1, name: t('new_password_title') })).toBeVisible()
      await expect(theirs.getByText(`administrator@${place}.example`)).toBeVisible()

      const made = t('log_organisation_allow_new_password')
      for (const reader of [page, await as(`registrator@${place}.example`)]) {
        await reader.goto('/historik?del=identity')
        await expect(reader.getByRole('main')).toContainText(made)
      }
    })

    test('nobody else is offered to make one for another organisation', async ({ as, t }) => {
      for (const account of ['administrator@sala.example', 'samordnare@regionvastmanland.example']) {
        const page = await as(account)
        await page.goto('/organisation/alla?q=kungsor')
        await page.getByRole('main').getByRole('link', { name: 'Kungsörs kommun' }).click()
        await expect(page.getByRole('heading', { level: 1, name: 'Kungsörs kommun' })).toBeVisible()
        await expect(page.getByRole('button', { name: t('person_password_make') })).toHaveCount(0)
      }
    })
  })
}
