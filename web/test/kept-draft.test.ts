import { field, spring } from './market-steps.ts'
import { expect, test } from './support.ts'

test('what was kept while one typed is no one else’s change when a refused page is corrected', async ({ someone }) => {
  const writer = await someone('handlaggare@norberg.example')
  const { page, t } = writer
  const goOn = page.getByRole('button', { name: t('step_continue'), exact: true })
  await page.goto('/behov/nytt')
  const competence = page.getByRole('group', { name: t('field_required_competences') })
  await competence.getByRole('combobox').fill('skolpsykolog')
  await competence.getByRole('option', { name: /^Skolpsykolog/ }).click()
  await goOn.click()

  await expect(page.getByRole('heading', { level: 1, name: t('request_step_extent') })).toBeVisible()
  await field(writer, 'field_period_from').fill(spring.from)
  await field(writer, 'field_period_to').fill(spring.to)
  await field(writer, 'field_least').fill('12')
  await field(writer, 'field_hours_per_week').fill('8')
  await expect(page.getByText(t('saved_at'))).toBeVisible()
  await goOn.click()
  await expect(page.getByRole('alert')).toContainText(t('error_least_more_than_asked'))

  await field(writer, 'field_least').fill('4')
  await goOn.click()
  await expect(page.getByRole('heading', { level: 1, name: t('request_step_place') })).toBeVisible()
})
