import {
  accept,
  approve,
  counter,
  decideYes,
  expectReasons,
  expectSoon,
  matchCard,
  openFromWorklist,
  openProposal,
  openTask,
  propose,
} from './arrangement-steps.ts'
import { hoursOf, prepareOffer, publishPrepared, publishRequest } from './market-steps.ts'
import { expect, type Page, test } from './support.ts'
import { leaveArrangement, variants } from './variants.ts'
import { saying } from './words.ts'

for (const [variant, use] of Object.entries(variants)) {
  test.describe(variant, () => {
    test.use(use)
    test('the main job, from an offer to an approved arrangement', async ({ someone }, info) => {
      test.setTimeout(300_000)
      const mark = `${variant}, ${crypto.randomUUID().slice(0, 8)}`
      const [offered, asked] = [`Skolpsykolog att dela ${mark}`, `Skolpsykolog sökes ${mark}`]
      const lender = await someone('handlaggare@vasteras.example')
      const borrower = await someone('handlaggare@norberg.example')
      const lendingHead = await someone('skolchef@vasteras.example')
      const borrowingHead = await someone('skolchef@norberg.example')
      const coordinator = await someone('samordnare@regionvastmanland.example')
      const third = await someone('handlaggare@kungsor.example')
      const { t } = lender
      const hours = (count: number) => hoursOf(lender, count)

      await prepareOffer(lender, { hours: 16, least: 4, title: offered })
      const requestId = await publishRequest(borrower, { hours: 8, least: 4, title: asked })
      await borrower.page.goto(`/behov/${requestId}`)
      const offerId = await publishPrepared(lender)
      await expectSoon(borrower, (page) => matchCard(page, offerId))
      await expectReasons(borrower, offerId, ['match_hit', 'match_part'])

      await openProposal(borrower, offerId, 8)
      const id = await propose(borrower, `Ingen av oss kan hålla funktionen själv. ${mark}`)
      await openTask(lendingHead, id, 'tasks_answer')
      await counter(lendingHead, 6)
      await openTask(borrower, id, 'tasks_answer_counter')
      await accept(borrower)
      for (const head of [lendingHead, borrowingHead]) {
        await openTask(head, id, 'tasks_decide')
        await decideYes(head)
      }
      await openFromWorklist(coordinator, id)
      await approve(coordinator)
      await expectSoon(coordinator, (page) => page.getByText(t('arrangement_status_approved'), { exact: true }))

      leaveArrangement(info.project.outputDir, variant, id)

      await lender.page.goto(`/utbud/${offerId}`)
      const left = t('left_of', { left: 10, hours: hours(16) })
      await expectSoon(lender, (page) => page.getByText(left))
      await lender.page.goto('/utbud/mina')
      const own = lender.page.getByRole('row').filter({ hasText: offered })
      await expect(own).toContainText(`${t('mine_arrangement', { organisations: 'Norberg' })}, ${hours(6)}`)
      await lender.page.goto(`/utbud/${offerId}/andra/omfattning`)
      const fewer = lender.page.getByRole('textbox', { name: t('field_hours_per_week') }).first()
      await lender.hand.write(fewer, '5')
      await lender.hand.press(lender.page.getByRole('main').getByRole('button', { name: t('step_save') }))
      const weeks = lender.lang === 'sv' ? 'v. 2–23' : 'weeks 2–23'
      await expect(fewer).toHaveAccessibleDescription(saying(t('error_offer_below_held', { held: 6, weeks })))

      const thirdId = await publishRequest(third, { hours: 12, least: 4, title: `Kungsör ${asked}` })
      await third.page.goto(`/behov/${thirdId}`)
      const inPart = (page: Page) => matchCard(page, offerId, t('matches_group_partial'))
      await expectSoon(third, inPart)
      await expect(inPart(third.page)).toContainText(t('match_gives', { hours: 10, asked: hours(12) }))

      await openProposal(third, offerId, 10)
      const taken = third.page.getByRole('textbox', { name: t('terms_hours') })
      await third.hand.write(taken, '12')
      const rationale = third.page.getByLabel(t('terms_rationale'))
      await third.hand.write(rationale, 'Vi behöver mer än så.')
      await third.hand.press(third.page.getByRole('button', { name: t('proposal_submit') }))
      const week = third.lang === 'sv' ? 'v. 2' : 'week 2'
      const reason = t('error_arrangement_capacity_short', { left: 10, week, asked: 12 })
      await expect(taken).toHaveAccessibleDescription(saying(reason))
      await expect(third.page.getByRole('alert').getByRole('link')).toContainText(reason)
      await expect(taken).toHaveValue('12')
      await expect(rationale).toHaveValue('Vi behöver mer än så.')
    })
  })
}
