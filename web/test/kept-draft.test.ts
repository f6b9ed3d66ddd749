import { randomUUID } from 'node:crypto'
import { draftOf, field, prepareOffer, publishPrepared, spring } from './market-steps.ts'
import { expect, expectAccessible, test } from './support.ts'

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

for (const script of [true, false]) {
  test.describe(() => {
    test.use({ javaScriptEnabled: script })

    test(`what is typed in a draft that has been published meanwhile is kept, and its writer told, ${script ? 'with' : 'without'} script`, async ({
      someone,
    }) => {
      const writer = await someone('handlaggare@norberg.example')
      const { page, t } = writer
      await prepareOffer(writer, { hours: 4, least: 2, title: `Published ${randomUUID()}` })
      const check = page.url()
      const draft = check.replace(/kontrollera.*$/, 'beskrivning')
      const late = await page.context().newPage()
      await late.goto(draft)
      await publishPrepared(writer)

      const typed = late.getByLabel(t('field_description_offer'))
      await typed.fill('Nothing of this may be lost.')
      if (script) await expect(late.getByText(t('not_saved_stale'))).toBeVisible()
      await late.getByRole('button', { name: t('step_continue'), exact: true }).click()
      await expect(late.getByText(t('draft_published_title'))).toBeVisible()
      await expect(typed).toHaveValue('Nothing of this may be lost.')
      if (script) await expectAccessible(late)
      await late.getByRole('link', { name: t('offer_show'), exact: true }).click()
      await expect(late).toHaveURL(/\/utbud\/[0-9a-f-]{36}$/)
    })

    test(`what is typed in a draft that has been thrown away meanwhile is kept, and becomes a new one, ${script ? 'with' : 'without'} script`, async ({
      someone,
    }) => {
      const writer = await someone('handlaggare@norberg.example')
      const { page, t } = writer
      const draft = await draftOf(writer, '/behov')
      const late = await page.context().newPage()
      await late.goto(`${draft}/beskrivning`)
      await page.goto(`${draft}/kontrollera`)
      await page.getByText(t('draft_discard'), { exact: true }).click()
      await page.getByRole('button', { name: t('draft_discard_confirm') }).click()
      await page.waitForURL('/behov/mina')

      const typed = late.getByLabel(t('field_description_request'))
      await typed.fill('Nothing of this may be lost.')
      if (script) await expect(late.getByText(t('not_saved_refused'))).toBeVisible()
      const goOn = late.getByRole('button', { name: t('step_continue'), exact: true })
      await goOn.click()
      await expect(late.getByText(t('draft_gone_title'))).toBeVisible()
      await expect(typed).toHaveValue('Nothing of this may be lost.')
      if (script) await expectAccessible(late)
      const highest = field({ page: late, t }, 'field_highest_ore')
      await highest.fill('mycket')
      await goOn.click()
      await expect(highest).toHaveAttribute('aria-invalid', 'true')
      await expect(late.getByText(t('draft_gone_title'))).toBeVisible()
      await highest.fill('')
      await goOn.click()
      await expect(late.getByRole('heading', { level: 1, name: t('check_title') })).toBeVisible()
      await expect(late.getByRole('main')).toContainText('Nothing of this may be lost.')
      expect(new URL(late.url()).pathname).not.toContain(draft)
    })
  })
}
