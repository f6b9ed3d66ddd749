import { expectSoon, matchCard } from './arrangement-steps.ts'
import { publishOffer, publishRequest } from './market-steps.ts'
import { expect, expectAccessible, test } from './support.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    test('whoever owns an offer that fits a request is told so there, and proposes from it', async ({ someone }) => {
      const lender = await someone('handlaggare@surahammar.example')
      const borrower = await someone('handlaggare@hallstahammar.example')
      const mark = crypto.randomUUID().slice(0, 8)
      const offerId = await publishOffer(lender, { hours: 6, least: 2, title: `Passar ${mark}` })
      const requestId = await publishRequest(borrower, { hours: 6, least: 2, title: `Söker ${mark}` })
      const { page, t } = lender
      await page.goto(`/behov/${requestId}`)
      await expectSoon(lender, () => matchCard(page, offerId))
      if (javaScriptEnabled) await expectAccessible(page)
      await expect(matchCard(page, offerId)).toContainText(`Passar ${mark}`)
      await matchCard(page, offerId)
        .getByRole('link', { name: t('match_propose') })
        .click()
      await expect(page).toHaveURL(`/samarbeten/nytt?erbjudande=${offerId}&behov=${requestId}`)

      await publishRequest(borrower, { hours: 4, least: 2, title: `Söker också ${mark}` })
      const others = page.getByRole('link', { name: t('proposal_change_requests') })
      await expect(async () => {
        await page.reload()
        await expect(others).toBeVisible({ timeout: 500 })
      }).toPass({ timeout: 20_000 })
      await others.click()
      await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1)
      await expect(page.getByRole('checkbox', { checked: true })).toHaveAccessibleDescription(`Söker ${mark}`)
      expect(await page.getByRole('checkbox').count()).toBeGreaterThan(1)

      await page.goto(`/samarbeten/nytt?behov=${requestId}`)
      const group = page.getByRole('group', { name: t('proposal_choose_offer') })
      await expect(group.getByRole('radio').first()).toBeChecked()
      await expect(
        group.getByRole('radio', { name: new RegExp(`Passar ${mark}: \\d+ av 100`) }),
      ).toHaveAccessibleDescription(/^SURAHAMMAR-\d{4}-[A-Z]+\d+$/)
      if (javaScriptEnabled) await expectAccessible(page)

      const stranger = await someone('handlaggare@skinnskatteberg.example')
      await stranger.page.goto(`/behov/${requestId}`)
      await expect(stranger.page.getByRole('link', { name: t('propose'), exact: true })).toBeVisible()
      await expect(matchCard(stranger.page, offerId)).toHaveCount(0)
      await stranger.page.goto(`/samarbeten/nytt?behov=${requestId}`)
      await expect(stranger.page.getByText(t('proposal_none_fits'))).toBeVisible()
      await expect(stranger.page.getByRole('radio', { checked: true })).toHaveCount(0)
      await expect(stranger.page.getByText(t('proposal_choose_first'))).toBeHidden()
      await stranger.page.getByRole('button', { name: t('proposal_continue') }).click()
      await expect(stranger.page.getByText(t('proposal_choose_first'))).toBeVisible()
    })
  })
}

test('how far it is to a need in another municipality is counted to there, and said from where to where', async ({
  someone,
}) => {
  const lender = await someone('handlaggare@surahammar.example')
  const borrower = await someone('handlaggare@hallstahammar.example')
  const mark = crypto.randomUUID().slice(0, 8)
  const offerId = await publishOffer(lender, { hours: 6, least: 2, title: `Passar ${mark}` })
  const request = { hours: 6, least: 2, title: `Söker ${mark}`, municipality: 'Sala' }
  const requestId = await publishRequest(borrower, request)
  await borrower.page.goto(`/behov/${requestId}`)
  await expectSoon(borrower, (page) => matchCard(page, offerId))
  const said = borrower.t('match_km_between', { distance: '32\u00a0km', from: 'Surahammar', to: 'Sala' })
  await expect(matchCard(borrower.page, offerId)).toContainText(said)
  await expect(matchCard(borrower.page, offerId)).toContainText(borrower.t('place_far', { distance: said }))
})

test('whoever has asked for nothing like an offer is told so before they choose, and may ask for it', async ({
  as,
  t,
}) => {
  const page = await as('handlaggare@norberg.example')
  await page.goto('/utbud?q=talpedagog')
  await page.getByRole('rowheader').getByRole('link', { name: 'Talpedagog' }).first().click()
  await page.getByRole('link', { name: t('propose'), exact: true }).click()
  await expect(page.getByRole('group', { name: t('proposal_choose_request') })).toBeVisible()
  await expect(page.getByText(t('proposal_none_alike', { competence: 'Talpedagog' }))).toBeVisible()
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await page
    .getByRole('main')
    .getByRole('link', { name: t('request_new') })
    .click()
  await expect(page).toHaveURL('/behov/nytt')
})
