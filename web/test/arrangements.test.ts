import {
  accept,
  approve,
  counter,
  decideYes,
  expectSoon,
  matchCard,
  openFromWorklist,
  openProposal as openMatch,
  openTask,
  propose,
} from './arrangement-steps.ts'
import { gotoWithScript } from './invited.ts'
import { hoursOf, publishOffer, publishRequest } from './market-steps.ts'
import { expect, expectAccessible, type Page, type Someone, test, type Words } from './support.ts'

const lender = 'skolchef@vasteras.example'
const coordinator = 'samordnare@regionvastmanland.example'

/** Opens the first arrangement of a list, and waits for its page. */
async function openFirst(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.getByRole('rowheader').getByRole('link').first().click()
  await page.waitForURL(/\/samarbeten\/[0-9a-f-]{36}/)
}

/** Opens a proposal from the first request that fits an offer of the demo market. */
async function openProposal(page: Page, t: Words): Promise<void> {
  await page.goto('/utbud/mina')
  await page
    .getByRole('rowheader')
    .getByRole('link', { name: /Dataanaly/ })
    .click()
  await page
    .getByRole('link', { name: t('match_propose') })
    .first()
    .click()
  await page.waitForURL(/\/samarbeten\/nytt/)
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    test('more hours than are left are refused beside the hours, and what was typed is kept', async ({ as, t }) => {
      const page = await as(lender)
      await openProposal(page, t)
      const hours = page.getByLabel(t('terms_hours')).first()
      await hours.fill('40')
      await page.getByLabel(t('terms_rationale')).fill('Ingen klarar det ensam.')
      await page.getByRole('button', { name: t('proposal_submit') }).click()
      await expect(page.getByRole('alert').getByRole('link')).toContainText('40')
      await expect(hours).toHaveAccessibleDescription(/40/)
      await expect(hours).toHaveValue('40')
      await expect(page.getByLabel(t('terms_rationale'))).toHaveValue('Ingen klarar det ensam.')
    })
  })
}

test.describe('in en', () => {
  test.use({ lang: 'en' })

  test('a counter-proposal that comes too late shows what was changed meanwhile, and may then stand', async ({
    someone,
  }) => {
    const borrower = await someone('handlaggare@kungsor.example')
    const slower = await someone('handlaggare@koping.example')
    const quicker = await someone('skolchef@koping.example')
    await borrower.page.goto('/behov/mina')
    await borrower.page
      .getByRole('rowheader')
      .getByRole('link', { name: /controller/i })
      .click()
    await borrower.page.getByRole('link', { name: borrower.t('match_propose') }).click()
    const id = await propose(borrower, 'Neither of us can do it alone.')

    const { page, t } = slower
    await page.goto(`/samarbeten/${id}/motforslag`)
    await quicker.page.goto(`/samarbeten/${id}`)
    await counter(quicker, 5)
    const hours = page.getByRole('textbox', { name: t('terms_hours') })
    const send = page.getByRole('button', { name: t('revise_submit') })
    await hours.fill('6')
    await send.click()
    const conflict = page.getByRole('table', { name: t('arrangement_conflict_title') })
    await expect(conflict.getByRole('row').filter({ hasText: '6' })).toContainText('5')
    await expect(hours).toHaveValue('6')
    await expectAccessible(page)

    await send.click()
    await expect(page.getByText(t('done_arrangement_revise'))).toBeVisible()
    await expect(page.getByRole('heading', { name: t('arrangement_revisions') })).toBeVisible()
    await expectAccessible(page)
  })
})

test('a decision that comes too late stands beside the terms as they are by then, and is about those', async ({
  someone,
}) => {
  const slower = await someone('skolchef@skinnskatteberg.example')
  const quicker = await someone('ordforande@skinnskatteberg.example')
  const [officer, head] = [await someone('handlaggare@koping.example'), await someone('skolchef@koping.example')]
  const { page, t } = slower
  await page.goto('/samarbeten')
  await page.getByRole('row').filter({ hasText: 'yrkesvägledare' }).getByRole('rowheader').getByRole('link').click()
  await page.waitForURL(/\/samarbeten\/[0-9a-f-]{36}$/)
  const path = new URL(page.url()).pathname
  await gotoWithScript(page, `${path}/besluta`)
  const terms = page.getByRole('table', { name: t('arrangement_terms') })
  await expect(terms).toContainText(/4\stim\/v/)
  await page.getByRole('radio', { name: t('decide_yes') }).check()

  await quicker.page.goto(path)
  // Twice in the same minute, in the same words.
  for (const hours of [2, 3]) await counter(quicker, hours)
  await officer.page.goto(path)
  await accept(officer)
  await head.page.goto(`${path}/besluta`)
  await decideYes(head)

  await page.getByLabel(t('decide_delegation')).fill('Delegationsordning 4.2')
  await page.getByRole('checkbox', { name: t('decide_jav') }).check()
  await page.getByRole('button', { name: t('decide_submit') }).click()
  await expect(page.getByText(t('arrangement_conflict_title'))).toBeVisible()
  await expect(terms).toContainText(/3\stim\/v/)
  await expect(terms).not.toContainText(/4\stim\/v/)
  await expect(page.getByLabel(t('decide_delegation'))).toHaveValue('Delegationsordning 4.2')
  await page.getByRole('button', { name: t('decide_submit') }).click()
  await expect(page.getByText(t('done_arrangement_decide'))).toBeVisible()
})

test('an arrangement that came to nothing waits for nobody', async ({ as, t }) => {
  const page = await as('skolchef@hallstahammar.example')
  await openFirst(page, '/samarbeten?lage=declined')
  const parties = page.getByRole('table', { name: t('arrangement_parties') })
  await expect(parties).toContainText('Skinnskatteberg')
  await expect(parties).not.toContainText(t('party_waiting'))
})

test('whoever ends what has not begun is told how it never begins', async ({ as, t }) => {
  const page = await as('skolchef@sala.example')
  await openFirst(page, '/samarbeten?lage=approved')
  await page.getByRole('link', { name: t('move_end') }).click()
  await expect(page.getByText(t('end_not_begun', { date: '2027-01-11' }))).toBeVisible()
})

test('whoever may not end an arrangement is told why, and not how', async ({ as, t }) => {
  const page = await as('handlaggare@sala.example')
  await openFirst(page, '/samarbeten?lage=approved')
  await page.goto(`${new URL(page.url()).pathname}/avsluta`)
  await expect(page.getByText(t('error_arrangement_role_decider_needed'))).toBeVisible()
  await expect(page.getByText(t('end_not_begun', { date: '2027-01-11' }))).toBeHidden()
})

test('of two proposals for the same hours everyone is told before they decide, and the one that comes too late why', async ({
  someone,
}) => {
  const [officer, head] = [await someone('handlaggare@koping.example'), await someone('skolchef@koping.example')]
  const region = await someone(coordinator)
  const { t } = officer
  const mark = crypto.randomUUID().slice(0, 8)
  const offerId = await publishOffer(officer, { hours: 6, least: 2, title: `Delas ${mark}` })
  const proposals: { id: string; borrower: Someone; head: Someone; reference: string }[] = []
  for (const place of ['arboga', 'fagersta']) {
    const borrower = await someone(`handlaggare@${place}.example`)
    const requestId = await publishRequest(borrower, { hours: 4, least: 2, title: `Söker ${mark}` })
    await borrower.page.goto(`/behov/${requestId}`)
    await expectSoon(borrower, (page) => matchCard(page, offerId))
    await openMatch(borrower, offerId, 4)
    const id = await propose(borrower, 'Ingen klarar det ensam.')
    const reference = await borrower.page
      .getByText(/^SK-\d{4}-\d+$/)
      .last()
      .innerText()
    proposals.push({ id, borrower, head: await someone(`skolchef@${place}.example`), reference })
  }
  const [first, second] = proposals
  if (!first || !second) throw new Error('there are two proposals')

  const told = (page: Page) => page.getByText(t('terms_competing', { others: '' }).split('.')[0] ?? '')
  for (const { id, borrower, head: other } of proposals) {
    await openTask(officer, id, 'tasks_answer')
    await expect(told(officer.page)).toContainText(id === first.id ? second.reference : first.reference)
    await expect(told(officer.page)).toContainText(hoursOf(officer, 8))
    await accept(officer)
    await borrower.page.goto(`/samarbeten/${id}`)
    await expect(told(borrower.page)).toHaveCount(0)
    await head.page.goto(`/samarbeten/${id}/besluta`)
    await expect(told(head.page)).toBeVisible()
    await decideYes(head)
    await other.page.goto(`/samarbeten/${id}/besluta`)
    await decideYes(other)
  }
  await openFromWorklist(region, first.id)
  await expect(told(region.page)).toContainText(second.reference)
  await approve(region)
  await openFromWorklist(region, second.id)
  // What can be done stands first: the hours are gone.
  const short = t('terms_short', { shortfall: '' }).split(':')[0] ?? ''
  await expect(region.page.getByText(short)).toBeVisible()
  await expect(region.page.getByRole('link', { name: t('move_return') })).toHaveClass(/primary/)
  await expect(region.page.getByRole('button', { name: t('move_approve') })).not.toHaveClass(/primary/)
  await region.page.getByRole('button', { name: t('move_approve') }).click()
  await expect(region.page.getByText(t('arrangement_status_proposed')).first()).toBeVisible({ timeout: 20_000 })
  await expect(region.page.getByText(t('done_arrangement_approve'))).toHaveCount(0)

  await officer.page.goto(`/samarbeten/${second.id}/motforslag`)
  await expect(officer.page.getByText(short)).toBeVisible()
})

test('a move that is not open says why', async ({ as, t }) => {
  const page = await as(coordinator)
  await openFirst(page, '/samordning?lage=proposed')
  await page.getByText(t('moves_later')).click()
  const approve = page.getByRole('button', { name: t('move_approve'), exact: true })
  await expect(approve).toHaveAttribute('aria-disabled', 'true')
  await expect(approve).toHaveAccessibleDescription(t('error_arrangement_waits_for_agreed_terms'))
})

test('the rules of matching are read without signing in, and their points sum to what they say', async ({
  page,
  t,
}) => {
  await page.goto('/sa-raknas-matchningen')
  const table = page.getByRole('table', { name: t('rules_sum_title') })
  await expect(table.getByRole('row').last()).toContainText('100')
  await expect(page.getByRole('table', { name: t('rules_example_title') })).toContainText('87')
})

test('a registrar goes from one diary number to the next, hears what a colleague set meanwhile, and the history of one arrangement says which it is', async ({
  as,
  t,
}) => {
  const page = await as('registrator@kungsor.example')
  await page.goto('/')
  const waiting = page.getByRole('link', { name: new RegExp(`^${t('tasks_diary')}`) })
  await expect(waiting).toHaveCount(2)
  const second = (await waiting.nth(1).getAttribute('href')) ?? ''
  await waiting.first().click()
  await page.getByLabel(t('diary_title')).fill('KS 2026/101')
  await page.getByRole('button', { name: t('diary_save') }).click()
  const done = page.getByRole('status').filter({ hasText: t('done_arrangement_diary') })
  await expect(done.getByRole('link')).toHaveAttribute('href', second)
  const reference = /SK-\d{4}-\d+/.exec(await page.getByRole('complementary').innerText())?.[0] ?? ''
  await page.getByRole('link', { name: t('arrangement_history') }).click()
  await expect(page.getByText(t('log_about', { what: reference }))).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t('log_file') }).click(),
  ])
  expect(download.suggestedFilename()).toContain(reference)

  const slower = await as('registrator@kungsor.example')
  await gotoWithScript(slower, second)
  await slower.getByLabel(t('diary_title')).fill('KS 2026/103')
  await page.goto(second)
  await page.getByLabel(t('diary_title')).fill('KS 2026/102')
  await page.getByRole('button', { name: t('diary_save') }).click()
  await expect(done).toBeVisible()
  await expect(done.getByRole('link')).toHaveCount(0)

  await slower.getByRole('button', { name: t('diary_save') }).click()
  const told = t('error_diary_number_changed', { changed: 'KS 2026/102' })
  await expect(slower.getByRole('alert').filter({ hasText: told })).toBeVisible()
  await expect(slower.getByLabel(t('diary_title'))).toHaveValue('KS 2026/103')
  await slower.getByRole('button', { name: t('diary_save') }).click()
  await expect(slower.getByText(t('done_arrangement_diary'))).toBeVisible()

  const rows = page.getByRole('row').filter({ hasText: /SK-/ })
  for (const [sought, found] of [
    ['ks 2026/101', reference],
    ['ikt-ped', 'IKT-pedagog'],
    ['sala pedagog', 'IKT-pedagog'],
    ['IKT-pedagog, Sala till Kungsör', 'IKT-pedagog'],
  ] as const) {
    await page.goto('/samarbeten')
    await page.getByLabel(t('arrangements_search')).fill(sought)
    await page.getByRole('button', { name: t('filter_show') }).click()
    await expect(rows).toHaveCount(1)
    await expect(rows).toContainText(found)
  }
})

test('a registrar is told that the diary number is what waits, and a printed arrangement says the day of each step', async ({
  as,
  t,
}) => {
  const page = await as('registrator@skinnskatteberg.example')
  await page.goto('/')
  await page
    .getByRole('link', { name: new RegExp(`^${t('tasks_diary')}`) })
    .first()
    .click()
  const turn = page.getByRole('main').getByRole('region').first()
  await expect(turn.getByRole('link', { name: t('moves_diary') })).toHaveAttribute('href', '#diarienummer')
  await expect(turn).not.toContainText(t('moves_none'))

  await expect(page.getByRole('button', { name: t('log_print') })).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('complementary')).toContainText(/\d{4}-\d\d-\d\d\s\d\d\.\d\d/)
  await expect(page.getByRole('button', { name: t('log_print') })).toBeHidden()
  await expect(page.getByRole('main')).not.toContainText('i dag', { useInnerText: true })
  // Who decided, for what, and nothing of what was just done.
  const decisions = page.getByRole('table', { name: t('arrangement_decisions') })
  await expect(decisions.getByRole('row').filter({ hasText: 'Skinnskatteberg' })).toContainText('Skolchef')
  await expect(decisions.getByRole('row').filter({ hasText: 'Västerås' })).not.toContainText('Skolchef')
  const terms = page.getByRole('table', { name: t('arrangement_terms') })
  await expect(terms).toContainText(/SKINNSKATTEBERG-\d{4}-B\d+/)
  await page.goto(`${page.url().split('#')[0]}?gjort=accept`)
  await expect(page.getByText(t('done_arrangement_accept'))).toBeHidden()
})

/** Opens the proposal that the best match of one's request leads to. */
async function openBestProposal(page: Page, t: Words, request: RegExp): Promise<void> {
  await page.goto('/behov/mina')
  await page.getByRole('rowheader').getByRole('link', { name: request }).click()
  await page
    .getByRole('link', { name: t('match_propose') })
    .first()
    .click()
  await page.waitForURL(/\/samarbeten\/nytt/)
}

test('a proposal begins with every term in which both sides have hours', async ({ as, t }) => {
  const page = await as('handlaggare@skinnskatteberg.example')
  await openBestProposal(page, t, /Kvalitetsutvecklare/)
  const [first, last] = [page.getByLabel(t('terms_from')), page.getByLabel(t('terms_to'))]
  await expect(first).toHaveCount(2)
  await expect(first.nth(0)).toHaveValue('2027-01-11')
  await expect(last.nth(0)).toHaveValue('2027-06-11')
  await expect(first.nth(1)).toHaveValue('2027-08-16')
  await expect(last.nth(1)).toHaveValue('2027-12-17')
})

test('whoever proposes reads above the form what it is, from whom and to whom', async ({ as, t }) => {
  const page = await as('handlaggare@skinnskatteberg.example')
  await openBestProposal(page, t, /Kvalitetsutvecklare/)
  const about = page.getByText(/^Kvalitetsutvecklare.*, från .+ till Skinnskattebergs kommun\.$/)
  await expect(about).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(about).toBeInViewport()
})

test('terms say for each how many hours they are in all and what those cost, and the sum', async ({ as, t }) => {
  const page = await as('handlaggare@norberg.example')
  await page.goto('/samarbeten')
  const shared = page.getByRole('row').filter({ hasText: 'Skoljurist' })
  await expect(shared).toContainText(t('worklist_borrowers', { form: 'plural=other', count: 4 }))
  await shared.getByRole('rowheader').getByRole('link').click()
  const terms = page.getByRole('table', { name: t('arrangement_terms') })
  // Two hours a week for 22 weeks at 780 kronor; nine for the four of them.
  await expect(terms.getByRole('row').filter({ hasText: 'Norberg' })).toHaveText(/44\s*34\s320\skr/)
  await expect(terms.getByRole('row', { name: new RegExp(`^${t('arrangement_total')}`) })).toHaveText(
    /198\s*154\s440\skr/,
  )
})

test('terms that give more than is lacking say so to whoever decides, and the same cannot be proposed twice', async ({
  as,
  t,
}) => {
  const page = await as('handlaggare@arboga.example')
  await openBestProposal(page, t, /Närvarosamordnare/)
  const form = page.url()
  const send = async () => {
    await page.getByLabel(t('terms_hours')).fill('6')
    await page.getByLabel(t('terms_rationale')).fill('Ingen av oss har en egen.')
    await page.getByRole('button', { name: t('proposal_submit') }).click()
  }
  await send()
  await expect(page.getByText(t('done_arrangement_proposed'))).toBeVisible()
  const excess = t('terms_excess', {
    organisation: 'Arboga kommun',
    asked: '4\u00a0tim/v',
    lacking: '4\u00a0tim/v',
    hours: '6\u00a0tim/v',
  })
  await expect(page.getByText(excess)).toBeVisible()
  // What was just done is told once, and not to whoever is handed the address.
  await expect(page).toHaveURL(/\/samarbeten\/[0-9a-f-]{36}$/)
  await page.reload()
  await expect(page.getByText(excess)).toBeVisible()
  await expect(page.getByText(t('done_arrangement_proposed'))).toHaveCount(0)
  const arrangement = page.url()
  await page.goto(form)
  await send()
  await expect(page.getByRole('alert')).toContainText(/SK-2026-\d{4}/)
  await page.goto(arrangement)
  await page.getByRole('link', { name: t('move_withdraw') }).click()
  await page.getByLabel(t('reason_need_gone')).check()
  await page.getByRole('button', { name: t('move_withdraw') }).click()
  await expect(page.getByText(t('arrangement_status_withdrawn'), { exact: true }).first()).toBeVisible()
  // Said where it stands and in what has happened.
  await expect(page.getByText(t('reason_need_gone')).first()).toBeVisible()
})

test('an arrangement keeps what the offer came with when its terms were put; new terms have what it comes with by then', async ({
  as,
  t,
}) => {
  const page = await as(lender)
  await page.goto('/samarbeten')
  await page.getByRole('row').filter({ hasText: 'Demograf' }).getByRole('rowheader').getByRole('link').click()
  await page.waitForURL(/\/samarbeten\/[0-9a-f-]{36}$/)
  const arrangement = page.url()
  const agreed = page.getByRole('main').getByText(/^4\sveckor$/)
  await expect(agreed).toBeVisible()
  const offer = await page.getByRole('main').locator('a[href^="/utbud/"]').first().getAttribute('href')
  const owner = await as('handlaggare@vasteras.example')
  await owner.goto(`${offer}/andra/skydd`)
  await owner.getByLabel(t('field_notice_weeks')).fill('20')
  await owner.getByRole('button', { name: t('step_save'), exact: true }).click()
  await expect(owner.getByRole('main')).toContainText(/20\sveckor/)

  await page.goto(arrangement)
  await expect(agreed).toBeVisible()
  await expect(page.getByRole('main')).not.toContainText(/20\sveckor/)
  await page.goto(`${arrangement}/motforslag`)
  const newly = t('revise_new_condition', { term: t('term_notice'), text: '20\u00a0veckor' })
  await expect(page.getByRole('main')).toContainText(newly)
})
