import { field, hoursOf } from './market-steps.ts'
import { expect, expectAccessible, type Someone, test } from './support.ts'

const borrower = 'handlaggare@kungsor.example'

/** Nobody has such a competence, and no text has such a word. */
const unknown = 'xyzzyord'

async function goOn({ page, t }: Someone, next: string): Promise<void> {
  await page.getByRole('button', { name: t('step_continue'), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: t(next) })).toBeVisible()
}

/** What was not understood stands in the description, where it is searched. */
async function expectAsText(writer: Someone): Promise<void> {
  await goOn(writer, 'request_step_extent')
  await writer.page.goto(writer.page.url().replace(/omfattning.*$/, 'beskrivning'))
  await expect(field(writer, 'field_description_request')).toHaveValue(unknown)
}

test.describe('by keyboard, in Swedish', () => {
  test.use({ by: 'keyboard' })

  test('competences are suggested while one types, with why, and what was not understood goes on as text', async ({
    someone,
  }) => {
    const writer = await someone(borrower)
    const { page, t, hand } = writer
    await page.goto('/behov/nytt')
    const group = page.getByRole('group', { name: t('field_required_competences') })
    const box = group.getByRole('combobox')
    await hand.write(box, `läsutredare dyslexi 20 % ${unknown}`)
    const option = group.getByRole('option', { name: /skriv- och läsutveckling/ })
    await expect(option).toContainText('dyslexi')
    await expect(group).toContainText(t('competence_not_understood', { words: unknown }))
    await expect(group).toContainText('20\u00a0%')
    await expect(box).toHaveAttribute('aria-expanded', 'true')
    await expectAccessible(page)
    await box.focus()
    await page.keyboard.press('ArrowDown')
    await expect(box).toHaveAttribute('aria-activedescendant', /./)
    await page.keyboard.press('ArrowUp')
    await expect(group.getByRole('option', { selected: true })).toBeInViewport({ ratio: 1 })
    await hand.take(option)
    await expect(group.getByRole('checkbox', { name: /skriv- och läsutveckling/ })).toBeChecked()
    await expect(box).toHaveValue(unknown)
    await expectAsText(writer)
  })
})

test.describe('without script, in English', () => {
  test.use({ lang: 'en', javaScriptEnabled: false })

  test('competences are searched for and chosen, with why, and what was not understood goes on as text', async ({
    someone,
  }) => {
    const writer = await someone(borrower)
    const { page, t } = writer
    await page.goto('/behov/nytt')
    const group = page.getByRole('group', { name: t('field_required_competences') })
    const left = page.getByRole('alert')
    await group.getByRole('textbox').fill(unknown)
    await page.keyboard.press('Enter')
    await expect(left.getByRole('heading')).toHaveText(t('error_summary_title'))
    await expect(left).toContainText(t('competence_choose_none', { words: unknown }))
    await group.getByRole('textbox').fill('psycologist')
    await page.keyboard.press('Enter')
    await expect(left.getByRole('heading')).toHaveText(t('competence_choose_title'))
    await expect(left).toContainText(t('competence_choose', { words: 'psycologist' }))
    await group.getByRole('textbox').fill(`psycologist ${unknown}`)
    await group.getByRole('button', { name: t('competence_find') }).click()
    const choice = group.getByRole('checkbox', { name: 'School psychologist', exact: true })
    await expect(choice).toHaveAccessibleDescription(
      new RegExp(t('competence_hit_misspelt', { word: 'School psychologist' })),
    )
    await expect(group).toContainText(t('competence_not_understood', { words: unknown }))
    await choice.check()
    await expectAsText(writer)
  })
})

for (const [lang, name] of [
  ['sv', 'Skolpsykolog'],
  ['en', 'School psychologist'],
] as const) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang, javaScriptEnabled: lang === 'sv' })

    test('the words a list is searched by lead to the list of the competence they mean', async ({ as, t }) => {
      const page = await as(borrower)
      await page.goto(`/utbud?q=barnpsykolog+20+%25+${unknown}`)
      const meant = page.getByRole('navigation', { name: t('competence_meant') })
      await expect(meant).toContainText(/barnpsykolog/i)
      if (lang === 'sv') await expectAccessible(page)
      await meant.getByRole('link', { name, exact: true }).click()
      await expect(page).toHaveURL(`/utbud?q=${unknown}&kompetens=skolpsykolog`)
      await page.getByRole('link', { name: t('filter_remove', { name: `”${unknown}”` }) }).click()
      await expect(page).toHaveURL('/utbud?kompetens=skolpsykolog')
      await expect(page.getByRole('link', { name: t('filter_remove', { name }) })).toBeVisible()
      await expect(
        page
          .getByRole('table', { name: t('offers_title') })
          .getByRole('row')
          .nth(1),
      ).toBeVisible()
    })

    test('the days that the words are for narrow the list, are told, and go along to the competence they mean', async ({
      as,
      t,
    }) => {
      const page = await as(borrower)
      await page.goto('/utbud?q=skolpsykolog+vt+2027')
      const rows = page.getByRole('table', { name: t('offers_title') }).getByRole('row')
      await expect(rows.nth(1)).toBeVisible()
      await expect(page.getByText(t('search_days', { days: '2027-01-01 – 2027-06-30' }))).toBeVisible()
      if (lang === 'sv') await expectAccessible(page)
      await page.goto('/utbud?q=barnpsykolog+vt+2027')
      const meant = page.getByRole('navigation', { name: t('competence_meant') })
      await meant.getByRole('link', { name, exact: true }).click()
      await expect(page).toHaveURL('/utbud?kompetens=skolpsykolog&fran=2027-01-01&till=2027-06-30')
      await expect(rows.nth(1)).toBeVisible()
    })

    test('words that say no more than how much narrow the list, which says so and is in no order of words', async ({
      as,
      t,
    }) => {
      const page = await as(borrower)
      const orders = page.getByRole('navigation', { name: t('sort_label') })
      for (const [list, said] of [
        ['/utbud', 'search_least_left'],
        ['/behov', 'search_least_lacking'],
      ] as const) {
        await page.goto(`${list}?q=20+%25&sortera=relevance`)
        await expect(page.getByText(t(said, { hours: hoursOf({ lang }, 8) }))).toBeVisible()
        await expect(orders.getByRole('link', { name: t('sort_newest') })).toHaveAttribute('aria-current', 'true')
        await expect(orders.getByRole('link', { name: t('sort_relevance') })).toHaveCount(0)
      }
      // What is covered lacks no hours.
      await expect(page.getByRole('heading', { level: 2 }).getByText(t('requests_count_all').trim())).toHaveCount(0)
    })
  })
}
