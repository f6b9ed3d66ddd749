import { randomUUID } from 'node:crypto'
import { aNewcomer, gotoWithScript, invite, join, type Newcomer, test } from './invited.ts'
import { address } from './surroundings.ts'
import { expect, type Page, signIn, type Words } from './support.ts'

/** Chooses another of one's organisations on this page. */
async function choose(page: Page, t: Words, organisation: string): Promise<void> {
  await page.goto('/konto')
  await page.getByRole('button', { name: t('account_switch', { organisation }) }).click()
  await expect(page.getByText(t('account_switched', { organisation }))).toBeVisible()
}

/** Somebody new on this page becomes administrator of Arboga, then of Köping as well; it is for Arboga that they act. */
async function joinTwo(page: Page, as: (account: string) => Promise<Page>, t: Words): Promise<Newcomer> {
  const both = aNewcomer('Administratör')
  const roles = ['role_administrator']
  await join(page, t, await invite(await as('administrator@arboga.example'), t, both, roles), both)
  await page.goto(await invite(await as('administrator@koping.example'), t, both, roles))
  await page.getByLabel(t('invitation_password_present')).fill(both.password)
  await page.getByRole('button', { name: t('invitation_accept') }).click()
  await expect(page.getByText(t('account_joined', { organisation: 'Köpings kommun' }))).toBeVisible()
  return both
}

/** All that is asked of an invitation is typed; it is not sent yet. */
async function fillInvitation(page: Page, t: Words, colleague: ReturnType<typeof aNewcomer>) {
  const [email, send] = [page.getByLabel(t('person_email')), page.getByRole('button', { name: t('invite_send') })]
  await gotoWithScript(page, '/organisation/bjud-in')
  await email.fill(colleague.email)
  await page.getByLabel(t('person_title')).fill(colleague.title)
  await page.getByRole('checkbox', { name: t('role_officer'), exact: true }).check()
  return { email, send }
}

test('a form that is sent after the session has ended is kept, and goes through once one is signed in again', async ({
  as,
  t,
}) => {
  const colleague = aNewcomer('Vikarie')
  const page = await as('administrator@sala.example')
  const { email, send } = await fillInvitation(page, t, colleague)
  const signedIn = await page.context().cookies()
  await page.context().clearCookies()
  await send.click()
  await expect(page.getByRole('alert')).toContainText(t('error_signed_out_kept'))
  await expect(email).toHaveValue(colleague.email)
  const [beside] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('link', { name: t('sign_in_beside') }).click(),
  ])
  await expect(beside.getByRole('heading', { name: t('sign_in') })).toBeVisible()

  await page.context().addCookies(signedIn)
  await send.click()
  await expect(page.getByText(t('invite_done_title'))).toBeVisible()
})

test('a form that one person began is not sent as another who has signed in in another tab', async ({
  as,
  stranger,
  t,
}) => {
  const [newcomer, colleague] = [aNewcomer('Administratör'), aNewcomer('Vikarie')]
  const page = await stranger()
  const link = await invite(await as('administrator@sala.example'), t, newcomer, ['role_administrator'])
  await join(page, t, link, newcomer)
  const { email, send } = await fillInvitation(page, t, colleague)
  const newcomers = await page.context().cookies()

  await page.context().clearCookies()
  await signIn(await page.context().newPage(), t, 'administrator@sala.example')
  await send.click()
  await expect(page.getByRole('alert')).toContainText(new RegExp(t('error_other_person', { person: '.+' })))
  await expect(email).toHaveValue(colleague.email)

  await page.context().addCookies(newcomers)
  await send.click()
  await expect(page.getByText(t('invite_done_title'))).toBeVisible()
})

test('a form of one organisation is not sent for another that was chosen in another tab', async ({
  as,
  stranger,
  t,
}) => {
  const colleague = aNewcomer('Vikarie')
  const page = await stranger()
  await joinTwo(page, as, t)
  const { email, send } = await fillInvitation(page, t, colleague)

  const other = await page.context().newPage()
  await choose(other, t, 'Köpings kommun')
  await send.click()
  await expect(page.getByRole('alert')).toContainText(t('error_other_organisation', { organisation: 'Köpings kommun' }))
  await expect(email).toHaveValue(colleague.email)

  await choose(other, t, 'Arboga kommun')
  await send.click()
  await expect(page.getByText(t('invite_done_title'))).toBeVisible()
})

test('what is begun about a person is about them as one saw them, also when the page is loaded anew', async ({
  as,
  stranger,
  t,
}) => {
  const page = await as('administrator@sala.example')
  const person = aNewcomer('Vikarie')
  await join(await stranger(), t, await invite(page, t, person), person)
  await gotoWithScript(page, '/organisation')
  await page.getByRole('row').filter({ hasText: person.title }).getByRole('link').click()
  const [title, officer] = [
    page.getByRole('textbox', { name: t('person_title') }),
    page.getByRole('checkbox', { name: t('role_officer'), exact: true }),
  ]
  await title.fill(`${person.title} II`)

  const other = await page.context().newPage()
  await other.goto(page.url())
  await other.getByRole('checkbox', { name: t('role_manager'), exact: true }).check()
  await other.getByRole('checkbox', { name: t('role_officer'), exact: true }).uncheck()
  await other.getByRole('button', { name: t('person_roles_save') }).click()
  await expect(officer).not.toBeChecked()
  await page.getByRole('button', { name: t('person_title_save') }).click()
  const conflict = page.getByRole('table', { name: t('conflict_title') })
  await expect(conflict.getByRole('row').filter({ hasText: t('person_roles') })).toContainText(t('role_manager'))
  await expect(title).toHaveValue(`${person.title} II`)
  await page.getByRole('button', { name: t('person_title_save') }).click()
  await expect(page.getByText(t('organisation_done_title'))).toBeVisible()
})

test("one's password is one's own, whichever organisation was chosen in another tab", async ({ as, stranger, t }) => {
  const page = await stranger()
  const { password } = await joinTwo(page, as, t)
  await page.goto('/konto/losenord')
  await choose(await page.context().newPage(), t, 'Köpings kommun')
  await page.getByLabel(t('password_current')).fill(password)
  await page.getByLabel(t('password_new'), { exact: true }).fill(`${password} igen`)
  await page.getByLabel(t('password_again')).fill(`${password} igen`)
  await page.getByRole('button', { name: t('password_save') }).click()
  await expect(page.getByText(t('account_password_changed'))).toBeVisible()
})

test('a page that is loaded after another organisation was chosen in another tab says so at its top', async ({
  as,
  stranger,
  t,
}) => {
  const page = await stranger()
  await joinTwo(page, as, t)

  const [top, heading] = [page.getByRole('banner'), page.getByRole('heading', { level: 1 })]
  await gotoWithScript(page, '/organisation')
  await expect(heading).toHaveText('Arboga kommun')
  const other = await page.context().newPage()
  await choose(other, t, 'Köpings kommun')
  // What happens at the one it was shown for has it loaded anew.
  await invite(await as('administrator@arboga.example'), t, aNewcomer('Vikarie'))
  await expect(heading).toHaveText('Köpings kommun')
  await expect(top).toContainText('Köpings kommun')

  await choose(other, t, 'Arboga kommun')
  await page
    .getByRole('contentinfo')
    .getByRole('link', { name: t('footer_history') })
    .click()
  await expect(page.getByText(t('log_lead', { organisation: 'Arboga kommun' }))).toBeVisible()
  await expect(top).toContainText('Arboga kommun')
})

test('an invitation that is accepted twice, by an impatient click without script, lets in and is not called dead', async ({
  as,
  request,
  t,
}) => {
  const newcomer = aNewcomer('Otålig')
  const link = await invite(await as('administrator@hallstahammar.example'), t, newcomer)
  const form = { password: newcomer.password, passwordAgain: newcomer.password, formKey: randomUUID() }
  const send = (sent: typeof form) =>
    request.post(link, { headers: { origin: address, accept: 'text/html' }, form: sent, maxRedirects: 0 })
  expect((await send(form)).headers().location).toBe('/')
  expect((await send(form)).headers().location).toBe('/logga-in')
  const other = await send({ ...form, formKey: randomUUID() })
  expect(other.status()).toBe(404)
})
