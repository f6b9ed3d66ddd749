import { gotoWithScript } from './invited.ts'
import { expect, type Page, test } from './support.ts'

test('what waits for the own head is in sight of the officer, who is not asked to act', async ({ as, t }) => {
  const [officer, head] = [await as('handlaggare@sala.example'), await as('skolchef@sala.example')]
  await officer.goto('/')
  const others = officer.getByRole('region', { name: t('tasks_others') }).getByRole('listitem')
  const href = await others
    .filter({ hasText: t('arrangement_status_lender_decision') })
    .getByRole('link')
    .first()
    .getAttribute('href')
  const asked = (page: Page) => page.getByRole('list', { name: t('tasks_waiting_label') }).locator(`a[href^="${href}"]`)
  await expect(asked(officer)).toHaveCount(0)
  await head.goto('/')
  await expect(asked(head).first()).toBeVisible()
  await expect(head.getByRole('region', { name: t('tasks_others') }).locator(`a[href="${href}"]`)).toHaveCount(0)
})

test('the coordinator is told that others hold what is under way in the county, and that not all of it is shown', async ({
  as,
  t,
}) => {
  const page = await as('samordnare@regionvastmanland.example')
  await page.goto('/')
  const others = page.getByRole('region', { name: t('tasks_others') })
  await expect(others).toContainText(t('tasks_others_county'))
  await expect(others).toContainText(t('tasks_others_first', { count: 5 }))
  await expect(others.getByRole('listitem')).toHaveCount(5)
})

test('what came of a proposal is told on the start page, with its reason', async ({ as, t }) => {
  const page = await as('handlaggare@hallstahammar.example')
  await page.goto('/samarbeten?lage=stangda')
  const declined = page.getByRole('row').filter({ hasText: t('arrangement_status_declined') })
  const href = (await declined.getByRole('link').first().getAttribute('href')) ?? ''
  await page.goto('/')
  const told = page.getByRole('region', { name: t('tasks_settled') }).getByRole('listitem')
  const one = told.filter({ has: page.locator(`a[href="${href}"]`) })
  await expect(one).toContainText(t('arrangement_status_declined'))
  await expect(one).toContainText(t('reason_no_capacity'))
})

test('whoever has nothing to answer is told what their role does instead', async ({ as, t }) => {
  const [administrator, reader] = [await as('administrator@norberg.example'), await as('processtod@skr.example')]
  await administrator.goto('/')
  await expect(administrator.getByText(t('tasks_none_administrator'))).toBeVisible()
  await administrator.getByRole('link', { name: t('tasks_to_organisation') }).click()
  await expect(administrator).toHaveURL('/organisation')
  await reader.goto('/')
  await expect(reader.getByText(t('tasks_none_process_support'))).toBeVisible()
  await reader
    .getByRole('main')
    .getByRole('link', { name: t('tasks_to_figures') })
    .click()
  await expect(reader.getByRole('heading', { level: 1, name: t('coordination_figures') })).toBeVisible()
  await expect(
    reader.getByRole('row', { name: new RegExp(`^${t('arrangement_status_approved')} \\d+$`) }),
  ).toBeVisible()
  await expect(reader.getByRole('main').getByRole('link')).toHaveCount(0)
  await reader.goto('/utbud')
  await reader.getByRole('row').locator('a[href^="/utbud/"]').first().click()
  await expect(reader.getByText(t('next_proposed_about'))).toBeVisible()
  await expect(reader.getByText(t('next_propose'), { exact: true })).toHaveCount(0)
  await reader.goto('/samarbeten')
  await expect(reader.getByText(t('arrangements_none'))).toBeVisible()
  const main = reader.getByRole('main')
  await expect(main.getByRole('link', { name: t('tasks_to_figures') })).toHaveAttribute('href', '/samordning/tal')
  await expect(main.getByRole('link', { name: t('nav_requests') })).toHaveAttribute('href', '/behov')
  await expect(main.getByRole('link', { name: t('arrangements_see_requests') })).toHaveCount(0)
  await expect(reader.getByLabel(t('filter_status'))).toHaveCount(0)
})

test('matches are news until somebody has looked at them, not until a pointer has passed', async ({ as, t }) => {
  const page = await as('handlaggare@arboga.example')
  const news = page.getByRole('region', { name: t('tasks_news') }).getByRole('link')
  await gotoWithScript(page, '/')
  const href = (await news.last().getAttribute('href')) ?? ''
  const told = page.locator(`main a[href="${href}"]`)
  const fetched = page.waitForResponse((response) => response.url().includes(`${href.split('#')[0]}/__data.json`))
  await told.hover()
  await fetched
  await gotoWithScript(page, '/')
  await expect(told).toBeVisible()
  const said = page.waitForResponse((response) => response.url().endsWith('/sedda'))
  await told.click()
  expect((await said).status()).toBe(204)
  await gotoWithScript(page, '/')
  await expect(told).toHaveCount(0)
})
