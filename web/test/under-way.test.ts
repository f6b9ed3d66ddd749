import { field } from './market-steps.ts'
import { expect, type Page, test, type Words } from './support.ts'

/** Opens the first arrangement of one's list that is only proposed; returns its path. */
async function openProposed(page: Page, t: Words): Promise<string> {
  await page.goto('/samarbeten')
  const row = page.getByRole('row').filter({ hasText: t('arrangement_status_proposed') })
  await row.getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: t('arrangement_terms'), exact: true })).toBeVisible()
  return new URL(page.url()).pathname
}

for (const [who, email, own] of [
  ['borrower', 'handlaggare@norberg.example', '/behov/'],
  ['lender', 'handlaggare@vasteras.example', '/utbud/'],
] as const) {
  test(`for the ${who}, a match that is being agreed on leads to its arrangement, and is not proposed again`, async ({
    as,
    t,
  }) => {
    const page = await as(email)
    const arrangement = await openProposed(page, t)
    await page.getByRole('main').locator(`a[href^="${own}"]`).first().click()

    const about = page.getByRole('region', { name: t('arrangements_title') })
    await expect(about.locator(`a[href="${arrangement}"]`)).toBeVisible()
    const match = page.getByRole('article').filter({ has: page.locator(`a[href="${arrangement}"]`) })
    await expect(match.getByRole('link', { name: t('match_under_way') })).toBeVisible()
    await expect(match.getByRole('link', { name: t('match_propose') })).toBeHidden()

    await expect(page.getByText(t('offer_withdraw_under_way'))).toHaveCount(who === 'lender' ? 1 : 0)
  })
}

for (const [who, email, mine, own] of [
  ['requests', 'handlaggare@norberg.example', '/behov/mina', '/behov/'],
  ['offers', 'handlaggare@vasteras.example', '/utbud/mina', '/utbud/'],
] as const) {
  test(`among one's own ${who}, the one that is being agreed on says so and leads to its arrangement`, async ({
    as,
    t,
  }) => {
    const page = await as(email)
    const arrangement = await openProposed(page, t)
    const about = await page.getByRole('main').locator(`a[href^="${own}"]`).first().getAttribute('href')
    await page.goto(mine)
    const row = page.getByRole('row').filter({ has: page.locator(`a[href="${about}"]`) })
    const said = row.locator(`a[href="${arrangement}"]`)
    await expect(said).toBeVisible()
    await expect(row).toContainText(t('arrangement_status_proposed'))
    await said.click()
    await expect(page).toHaveURL(arrangement)
  })
}

test("among one's own requests each says how many offers fit, and leads to them", async ({ as, t }) => {
  const page = await as('handlaggare@norberg.example')
  await page.goto('/behov/mina')
  const row = (about: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name: about }) })
  await expect(row('Skolbibliotekarie').getByRole('link', { name: t('serving_none') })).toBeVisible()
  const fitting = row('Logoped').locator('a[href$="#matches"]')
  const [count = ''] = /^\d+/.exec(await fitting.innerText()) ?? []
  expect(Number(count)).toBeGreaterThan(0)
  await fitting.click()
  await expect(page.getByText(new RegExp(`^${count} `)).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: t('matches_title') })).toBeInViewport()
})

test("among one's own offers each says how many requests it fits, and leads to them", async ({ as, t }) => {
  const page = await as('handlaggare@vasteras.example')
  await page.goto('/utbud/mina')
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: /Dataanaly/ }) })
  const fitting = row.locator('a[href$="#matches"]')
  expect(Number(/^\d+/.exec(await fitting.innerText())?.[0])).toBeGreaterThan(0)
  await fitting.click()
  await expect(page.getByRole('heading', { name: t('matches_offer_title') })).toBeInViewport()
})

test('material that takes no hours is not said to fit nothing yet, nor to be agreed on', async ({ as, t }) => {
  const page = await as('handlaggare@vasteras.example')
  const goOn = () => page.getByRole('button', { name: t('step_continue'), exact: true }).click()
  const choose = (name: string) => page.getByRole('radio', { name: t(name), exact: true }).check()
  const expectStep = (title: string) =>
    expect(page.getByRole('heading', { level: 1, name: t(title), exact: true })).toBeVisible()
  await page.goto('/utbud/nytt')
  await choose('kind_material')
  await choose('licence_none')
  await page
    .getByRole('group', { name: t('field_main_competence') })
    .getByRole('combobox')
    .fill('Logoped')
  await goOn()
  await expectStep('offer_step_extent')
  await choose('extent_none')
  await field({ page, t }, 'field_open_until').fill('2027-06-30')
  await goOn()
  await expectStep('offer_step_place')
  await choose('place_remote')
  await goOn()
  await expectStep('offer_step_cost')
  await choose('cost_none')
  await goOn()
  await expectStep('offer_step_protection')
  await goOn()
  await expectStep('offer_step_words')
  const title = `Material ${Date.now()}`
  await field({ page, t }, 'field_title').fill(title)
  await goOn()
  await expect(page.getByRole('definition').filter({ hasText: t('no_hours') })).toBeVisible()
  await page.getByRole('button', { name: t('offer_publish') }).click()
  await expectStep('offer_published_title')
  await expect(page.getByText(t('offer_published_without_hours'))).toBeVisible()
  await expect(page.getByText(t('next_decide'), { exact: true })).toHaveCount(0)
  await page.getByRole('link', { name: t('offer_show'), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(page.getByRole('heading', { name: t('matches_offer_title') })).toHaveCount(0)

  const reader = await as('handlaggare@sala.example')
  await reader.goto(page.url())
  await expect(reader.getByText(t('offer_without_hours', { owner: 'Västerås stad' }))).toBeVisible()
  await expect(reader.getByRole('main').getByText(t('propose'), { exact: true })).toHaveCount(0)
  await expect(reader.getByText(t('next_decide'), { exact: true })).toHaveCount(0)

  await page.goto('/utbud/mina')
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: title }) })
  await expect(row).toBeVisible()
  await expect(row.locator('a[href$="#matches"]')).toHaveCount(0)
})
