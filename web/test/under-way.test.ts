import { expect, test } from './support.ts'

test('a match that is being agreed on leads to its arrangement, and is not proposed again', async ({ as, t }) => {
  const page = await as('handlaggare@norberg.example')
  await page.goto('/samarbeten')
  const row = page.getByRole('row').filter({ hasText: t('arrangement_status_proposed') })
  await row.getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: t('arrangement_terms') })).toBeVisible()
  const arrangement = new URL(page.url()).pathname
  await page.getByRole('link', { name: t('request_show') }).click()

  const about = page.getByRole('region', { name: t('arrangements_title') })
  await expect(about.getByRole('link')).toHaveAttribute('href', arrangement)
  const match = page.getByRole('article').filter({ has: page.locator(`a[href="${arrangement}"]`) })
  await expect(match.getByRole('link', { name: t('match_under_way') })).toBeVisible()
  await expect(match.getByRole('link', { name: t('match_propose') })).toBeHidden()
})
