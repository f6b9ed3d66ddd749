import { propose } from './arrangement-steps.ts'
import { expect, expectAccessible, type Someone, test } from './support.ts'

/** Five municipalities of the demo market ask for some hours of a school librarian each; Köping lets go of a post by halves. */
const competence = { sv: 'Skolbibliotekarie', en: 'School librarian' } as const
const post = /\/behov\/samlade\/[0-9a-f-]{36}/

async function openOwn({ page, lang, hand }: Someone, list: string): Promise<void> {
  await page.goto(list)
  await hand.press(page.getByRole('link', { name: new RegExp(`^${competence[lang]}`) }).first())
}

const row = ({ page }: Someone, organisation: string) => page.getByRole('row').filter({ hasText: organisation })

// Each goes on where the one before it stopped.
test.describe.configure({ mode: 'serial' })
let pooledNeed = ''

test('who needs the same is told so, and pools the requests with one click', async ({ someone }) => {
  const fagersta = await someone('handlaggare@fagersta.example')
  const { page, t, hand } = fagersta
  await openOwn(fagersta, '/behov/mina')
  const together = page.getByRole('region', { name: t('pooled_with_others') })
  await expect(together).toContainText('Kungsör')
  await expect(together).toContainText('5 × 20')
  await expect(together).toContainText(/\d+.km/)
  await hand.press(together.getByRole('button', { name: t('pooled_start') }))
  await expect(page).toHaveURL(post)
  await expect(page.getByText(t('pooled_done_start'))).toBeVisible()
  pooledNeed = new URL(page.url()).pathname
  await expect(row(fagersta, 'Fagersta')).toContainText(t('pooled_joined'))
  await expect(row(fagersta, 'Kungsör')).toContainText(t('pooled_invited'))
  await expect(page.getByText(t('pooled_offers_alone'))).toBeVisible()
  await expectAccessible(page)
  await hand.press(page.getByRole('link', { name: t('pooled_history') }))
  const requests = row(fagersta, t('log_field_requests'))
  await expect(requests).toContainText('Fagersta kommun')
  await expect(requests.getByRole('link', { name: t('log_share_request') })).toHaveCount(5)
  await expect(row(fagersta, competence.sv)).toBeVisible()
})

test.describe('without script and in English', () => {
  test.use({ javaScriptEnabled: false, lang: 'en' })

  test('who is invited joins with one click, and leaves as easily', async ({ someone }) => {
    const kungsor = await someone('handlaggare@kungsor.example')
    const { page, t, hand } = kungsor
    await openOwn(kungsor, '/behov/mina')
    const together = page.getByRole('region', { name: t('pooled_with_others') })
    await hand.press(together.getByRole('button', { name: t('pooled_join') }))
    await expect(page.getByText(t('pooled_done_join'))).toBeVisible()
    await hand.press(page.getByRole('button', { name: t('pooled_leave') }))
    await expect(page.getByText(t('pooled_done_leave'))).toBeVisible()
    await expect(row(kungsor, 'Kungsör')).toHaveCount(0)
    await hand.press(page.getByRole('button', { name: t('pooled_join') }))
    await expect(row(kungsor, 'Kungsör')).toContainText(t('pooled_joined'))
    await expect(page.getByRole('article')).toContainText('Köping')
    await expect(page.getByRole('article')).toContainText(/KÖPING-\d{4}-E\d+/)
  })
})

test('who may not propose for its organisation is told who may', async ({ someone }) => {
  const { page, t } = await someone('registrator@fagersta.example')
  await page.goto(pooledNeed)
  const offer = page.getByRole('article').filter({ hasText: 'Köping' })
  await expect(offer).toContainText(t('propose_role'))
})

test('who offers sees the two as one, and proposes one arrangement with a share for each', async ({ someone }) => {
  const koping = await someone('handlaggare@koping.example')
  const { page, t, hand } = koping
  await openOwn(koping, '/utbud/mina')
  const pools = page.getByRole('region', { name: t('pooled_offer_title') })
  await expect(pools).toContainText('Fagersta')
  await expect(pools).toContainText(/\d+.km/)
  await hand.press(pools.getByRole('link', { name: t('match_propose') }))
  await expect(page.getByRole('textbox', { name: t('terms_hours') })).toHaveCount(2)
  for (const hours of await page.getByRole('textbox', { name: t('terms_hours') }).all())
    await expect(hours).toHaveValue('8')
  await hand.write(page.getByLabel(t('terms_rationale')), 'Två kommuner delar en halv tjänst.')
  await hand.press(page.getByRole('button', { name: t('proposal_submit') }))
  await expect(page.getByText(t('done_arrangement_proposed'))).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Fagersta')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Kungsör')
})

test('the coordinator is led to what is agreed on about a pooled need, and proposes where nothing is', async ({
  someone,
}) => {
  const coordinator = await someone('samordnare@regionvastmanland.example')
  const { page, t, hand } = coordinator
  await page.goto(pooledNeed)
  const offer = page.getByRole('article').filter({ hasText: 'Köping' })
  const link = offer.getByRole('link', { name: t('match_under_way') })
  await expect(offer.getByRole('link', { name: t('match_propose') })).toHaveCount(0)

  await test.step('the lender takes its proposal back', async () => {
    const koping = await someone('handlaggare@koping.example')
    await koping.page.goto(`${await link.getAttribute('href')}/dra-tillbaka`)
    await koping.hand.choose(koping.page.getByRole('radio').first())
    await koping.hand.press(koping.page.getByRole('button', { name: t('move_withdraw') }))
    await expect(koping.page.getByText(t('done_arrangement_withdraw'))).toBeVisible()
  })

  await hand.press(offer.getByRole('link', { name: t('match_propose') }))
  for (const hours of await page.getByRole('textbox', { name: t('terms_hours') }).all())
    await expect(hours).toHaveValue('8')
  await hand.press(page.getByRole('link', { name: t('form_cancel') }))
  await expect(page).toHaveURL(post)
  await hand.press(offer.getByRole('link', { name: t('match_propose') }))
  await propose(coordinator, 'En halv tjänst räcker till två kommuner.')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Kungsör')
})

test('the coordinator invites with one click who needs the same and is not in it', async ({ someone }) => {
  const norberg = await someone('handlaggare@norberg.example')
  const coordinator = await someone('samordnare@regionvastmanland.example')
  const { page, t, hand } = coordinator
  await page.goto(pooledNeed)
  const invitable = page.getByRole('region', { name: t('pooled_could_invite') }).getByRole('listitem')
  await expect(row(coordinator, 'Norberg')).toContainText(t('pooled_invited'))
  await expect(invitable.filter({ hasText: 'Norberg' })).toHaveCount(0)

  await test.step('Norberg turns the invitation down', async () => {
    await norberg.page.goto(pooledNeed)
    await norberg.hand.press(norberg.page.getByRole('button', { name: t('pooled_decline') }))
    await expect(norberg.page.getByText(t('pooled_done_leave'))).toBeVisible()
    await expect(norberg.page.getByRole('button', { name: t('pooled_invite') })).toHaveCount(0)
  })

  await expect(row(coordinator, 'Norberg')).toHaveCount(0)
  await expectAccessible(page)
  await hand.press(invitable.filter({ hasText: 'Norberg' }).getByRole('button', { name: t('pooled_invite') }))
  await expect(page.getByText(t('pooled_done_invite'))).toBeVisible()
  await expect(row(coordinator, 'Norberg')).toContainText(t('pooled_invited'))
})

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false })

  test('the coordinator who comes too late to invite is told why, though the request is no longer in the list', async ({
    someone,
  }) => {
    const norberg = await someone('handlaggare@norberg.example')
    const { page, t, hand } = await someone('samordnare@regionvastmanland.example')
    await norberg.page.goto(pooledNeed)
    await norberg.hand.press(norberg.page.getByRole('button', { name: t('pooled_decline') }))
    await page.goto(pooledNeed)
    await norberg.hand.press(norberg.page.getByRole('button', { name: t('pooled_join') }))
    await expect(norberg.page.getByText(t('pooled_done_join'))).toBeVisible()

    const norbergs = page.getByRole('listitem').filter({ hasText: 'Norberg' })
    await hand.press(norbergs.getByRole('button', { name: t('pooled_invite') }))
    await expect(page.getByRole('alert')).toContainText(t('error_pooled_need_in_another'))
    await expect(norbergs.getByRole('button')).toHaveCount(0)
  })
})
