import { draftOf, field } from './market-steps.ts'
import { expect, test } from './support.ts'

test('whoever goes back from the second page finds the draft that was begun, and no other is', async ({ someone }) => {
  const writer = await someone('handlaggare@surahammar.example')
  const { page, t } = writer
  const goOn = page.getByRole('button', { name: t('step_continue'), exact: true })
  const progress = page.getByRole('navigation', { name: t('step_progress') })
  await page.goto('/behov/nytt')
  await page
    .getByRole('group', { name: t('field_required_competences') })
    .getByRole('combobox')
    .fill('Logoped')
  await goOn.click()
  await expect(page).toHaveURL(/\/behov\/nytt\/[0-9a-f-]{36}\/omfattning$/)
  const draft = page.url().replace(/omfattning$/, '')
  const step = (title: string) => progress.getByRole('listitem').filter({ hasText: t(title) })
  await expect(step('request_step_what')).toContainText(t('step_complete'))
  await expect(step('request_step_words')).not.toContainText(t('step_complete'))

  await page.goBack()
  await expect(page).toHaveURL(`${draft}kompetens`)
  await goOn.click()
  await expect(page).toHaveURL(`${draft}omfattning`)
})

test.describe('without script', () => {
  // Somebody who begins no other draft meanwhile.
  test.use({ javaScriptEnabled: false, lang: 'en' })

  for (const list of ['/behov', '/utbud'] as const) {
    test(`whoever goes back to where a draft began is told of it and goes on with it, in ${list}`, async ({
      someone,
    }) => {
      const writer = await someone('enhetschef@surahammar.example')
      const { page, t } = writer
      const draft = await draftOf(writer, list)

      await page.goBack()
      await expect(page).toHaveURL(`${list}/nytt`)
      const going = t('draft_go_on', { title: 'Speech and language therapist' })
      await page.getByRole('main').getByRole('link', { name: going, exact: true }).click()
      await expect(page).toHaveURL(`${draft}/kompetens`)
      await page.getByRole('button', { name: t('step_continue'), exact: true }).click()
      await expect(page).toHaveURL(`${draft}/omfattning`)
    })
  }
})

test('all that is wrong with a page is said at once', async ({ someone }) => {
  const writer = await someone('handlaggare@surahammar.example')
  const { page, t } = writer
  await page.goto('/utbud/nytt')
  await page.getByRole('radio', { name: t('kind_competence'), exact: true }).check()
  const licence = page.getByRole('group', { name: t('field_licence') })
  await page
    .getByRole('group', { name: t('field_main_competence') })
    .getByRole('combobox')
    .fill('Logoped')
  await page.getByRole('button', { name: t('step_continue'), exact: true }).click()
  // Nobody says by leaving it that a speech therapist needs no licence.
  await expect(licence).toHaveAccessibleDescription(new RegExp(t('error_field_choice')))
  await licence.getByRole('radio', { name: t('licence_claimed'), exact: true }).check()
  await page.getByRole('button', { name: t('step_continue'), exact: true }).click()
  await expect(page).toHaveURL(/omfattning$/)
  await page.getByRole('button', { name: t('step_continue'), exact: true }).click()
  await expect(field(writer, 'field_period_from')).toHaveAccessibleDescription(new RegExp(t('error_field_required')))
  await expect(field(writer, 'field_slice')).toHaveAccessibleDescription(new RegExp(t('error_slice_required')))
})
