import { idleFor, letIdle } from './clock.ts'
import { aNewcomer, gotoWithScript, invite, join, signInAs, test } from './invited.ts'
import { expect, expectAccessible, type Locale, type Page } from './support.ts'
import { databases } from './surroundings.ts'

const administrator = (place: string) => `administrator@${place}.example`

/** The row of one in the list of people, which is the first table; the roles below name people too. */
const rowOf = (page: Page, title: string) => page.getByRole('table').first().getByRole('row').filter({ hasText: title })

for (const lang of ['sv', 'en'] satisfies Locale[]) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang })

    // Both languages and both ways are gone, not every pair of them: no page decides by two of these at once.
    const javaScriptEnabled = lang === 'sv'
    test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
      test.use({ javaScriptEnabled })

      test('one is invited, joins, is given other roles, is blocked and let in again', async ({ as, stranger, t }) => {
        const newcomer = aNewcomer('Utredare')
        const page = await as(administrator('hallstahammar'))
        await page.goto('/organisation')
        const link = await invite(page, t, newcomer)
        if (javaScriptEnabled) await expectAccessible(page)

        const theirs = await stranger()
        await theirs.goto(link)
        await expect(theirs.getByRole('heading', { level: 1 })).toContainText('Hallstahammars kommun')
        // Whoever keeps passwords for them must know whose this one is.
        await expect(theirs.locator('form [autocomplete="username"]')).toHaveValue(newcomer.email)
        await theirs.getByLabel(t('invitation_password'), { exact: true }).fill('sommar2027')
        await theirs.getByRole('button', { name: t('invitation_accept') }).click()
        await expect(theirs.getByLabel(t('invitation_password_again'))).toHaveAccessibleDescription(
          new RegExp(t('error_password_not_same')),
        )
        await theirs.getByLabel(t('invitation_password'), { exact: true }).fill('sommar2027')
        await theirs.getByLabel(t('invitation_password_again')).fill('sommar2027')
        await theirs.getByRole('button', { name: t('invitation_accept') }).click()
        await expect(theirs.getByRole('alert').getByRole('link')).toHaveCount(1)
        await join(theirs, t, link, newcomer)
        await expect(theirs.getByRole('banner')).toContainText(newcomer.title)

        await page.goto('/organisation')
        await expect(rowOf(page, newcomer.title)).toContainText(newcomer.email)
        await rowOf(page, newcomer.title).getByRole('link').click()
        await page.getByRole('checkbox', { name: t('role_registrar'), exact: true }).check()
        await page.getByRole('button', { name: t('person_roles_save') }).click()
        await expect(page.getByText(t('organisation_done_roles'))).toBeVisible()
        await expect(rowOf(page, newcomer.title)).toContainText(t('role_registrar'))

        await rowOf(page, newcomer.title).getByRole('link').click()
        await page.getByText(t('person_disable', { title: newcomer.title })).click()
        await page.getByRole('button', { name: t('person_disable_confirm') }).click()
        await expect(page.getByText(t('organisation_done_disabled'))).toBeVisible()
        await expect(rowOf(page, newcomer.title)).toContainText(t('person_state_disabled'))
        await theirs.goto('/organisation')
        await expect(theirs).toHaveURL(/logga-in/)
        await signInAs(theirs, t, newcomer)
        await expect(theirs.getByRole('alert')).toContainText(t('error_session_sign_in_refused'))

        await rowOf(page, newcomer.title).getByRole('link').click()
        await page.getByText(t('person_enable', { title: newcomer.title })).click()
        await page.getByRole('button', { name: t('person_enable_confirm') }).click()
        await expect(page.getByText(t('organisation_done_enabled'))).toBeVisible()
        await signInAs(theirs, t, newcomer)
        await expect(theirs.getByRole('banner')).toContainText(newcomer.title)
      })

      test('an invitation is withdrawn, and its link says that it is over', async ({ as, t }) => {
        const newcomer = aNewcomer('Vikarie')
        const page = await as(administrator('surahammar'))
        await page.goto('/organisation')
        const link = await invite(page, t, newcomer)
        await page.goto('/organisation')
        const waiting = page.getByRole('listitem').filter({ hasText: newcomer.email })
        await waiting.getByText(t('invitation_withdraw_of', { title: newcomer.title })).click()
        await waiting.getByRole('button', { name: t('invitation_withdraw_confirm') }).click()
        await expect(page.getByText(t('organisation_done_withdrawn'))).toBeVisible()
        await expect(page.getByText(newcomer.email)).toHaveCount(0)
        // Also with what was written after it, as a letter may have it.
        for (const dead of [link, `${link}${'.'.repeat(100)}`]) {
          await page.goto(dead)
          await expect(page.getByRole('heading', { level: 1, name: t('invitation_dead_title') })).toBeVisible()
        }
        if (javaScriptEnabled) await expectAccessible(page)
      })

      test('who withdraws an invitation that has just been used is told so', async ({ as, stranger, t }) => {
        const newcomer = aNewcomer('Skolvärd')
        const page = await as(administrator('surahammar'))
        const link = await invite(page, t, newcomer)
        // Nobody tells this window that somebody has joined.
        await page.route('**/live', (route) => route.abort())
        await page.goto('/organisation')
        const waiting = page.getByRole('listitem').filter({ hasText: newcomer.email })
        await waiting.getByText(t('invitation_withdraw_of', { title: newcomer.title })).click()
        await join(await stranger(), t, link, newcomer)
        await waiting.getByRole('button', { name: t('invitation_withdraw_confirm') }).click()
        await expect(page.getByRole('alert')).toContainText(t('error_invitation_not_found'))
      })

      test('somebody with an account joins one more organisation and works for it', async ({ as, stranger, t }) => {
        const newcomer = aNewcomer('Samverkare')
        const page = await stranger()
        await join(page, t, await invite(await as(administrator('arboga')), t, newcomer), newcomer)
        const roles = ['role_officer', 'role_registrar']
        await page.goto(await invite(await as(administrator('koping')), t, newcomer, roles))
        const known = page.getByLabel(t('invitation_password_present'))
        await known.fill('inte mitt lösenord')
        await page.getByRole('button', { name: t('invitation_accept') }).click()
        await expect(known).toHaveAccessibleDescription(new RegExp(t('error_password_wrong')))
        await known.fill(newcomer.password)
        await page.getByRole('button', { name: t('invitation_accept') }).click()
        await expect(page.getByText(t('account_joined', { organisation: 'Köpings kommun' }))).toBeVisible()
        await page.getByRole('button', { name: t('account_switch', { organisation: 'Köpings kommun' }) }).click()
        await expect(page.getByText(t('account_switched', { organisation: 'Köpings kommun' }))).toBeVisible()
        await expect(page.getByRole('banner')).toContainText('Köpings kommun')
        if (javaScriptEnabled) await expectAccessible(page)
      })

      test('who was just blocked in an organisation is told so when they choose it', async ({ as, stranger, t }) => {
        const newcomer = aNewcomer('Avstängd')
        const page = await stranger()
        await join(page, t, await invite(await as(administrator('skinnskatteberg')), t, newcomer), newcomer)
        const theirs = await as(administrator('koping'))
        await page.goto(await invite(theirs, t, newcomer))
        await page.getByLabel(t('invitation_password_present')).fill(newcomer.password)
        await page.getByRole('button', { name: t('invitation_accept') }).click()
        const choose = page.getByRole('button', { name: t('account_switch', { organisation: 'Köpings kommun' }) })
        await expect(choose).toBeVisible()
        await theirs.goto('/organisation')
        await rowOf(theirs, newcomer.title).getByRole('link').click()
        await theirs.getByText(t('person_disable', { title: newcomer.title })).click()
        await theirs.getByRole('button', { name: t('person_disable_confirm') }).click()
        await expect(theirs.getByText(t('organisation_done_disabled'))).toBeVisible()
        await choose.click()
        await expect(page.getByRole('alert')).toContainText(t('error_organisation_not_found'))
      })

      test('a password is changed, and other sessions end', async ({ as, stranger, t }) => {
        const newcomer = aNewcomer('Ekonom')
        const [page, elsewhere] = [await stranger(), await stranger()]
        await join(page, t, await invite(await as(administrator('fagersta')), t, newcomer), newcomer)
        await signInAs(elsewhere, t, newcomer)
        await expect(elsewhere.getByRole('banner')).toContainText(newcomer.title)

        const chosen = `${newcomer.password}, en annan`
        const field = (label: string) => page.getByLabel(t(label), { exact: true })
        const [present, next, again] = [
          field('password_current'),
          field('password_new'),
          field('password_again'),
        ] as const
        await page.goto('/konto/losenord')
        await present.fill('något annat')
        await next.fill(chosen)
        await again.fill(chosen)
        await page.getByRole('button', { name: t('password_save') }).click()
        await expect(present).toHaveAccessibleDescription(new RegExp(t('error_password_wrong')))
        await present.fill(newcomer.password)
        await next.fill('kort')
        await again.fill('kort')
        await page.getByRole('button', { name: t('password_save') }).click()
        await expect(next).toHaveAttribute('aria-invalid', 'true')
        await present.fill(newcomer.password)
        await next.fill(chosen)
        await again.fill(chosen)
        await page.getByRole('button', { name: t('password_save') }).click()
        await expect(page.getByText(t('account_password_changed'))).toBeVisible()

        await elsewhere.goto('/konto')
        await expect(elsewhere).toHaveURL(/logga-in/)
        await signInAs(elsewhere, t, { ...newcomer, password: chosen })
        await expect(elsewhere.getByRole('banner')).toContainText(newcomer.title)
      })

      test('who was slower sees what has changed, and loses nothing', async ({ as, stranger, t }) => {
        const newcomer = aNewcomer('Rektor')
        const [page, other] = [await as(administrator('kungsor')), await as(administrator('kungsor'))]
        await join(await stranger(), t, await invite(page, t, newcomer), newcomer)
        await page.goto('/organisation')
        const path = await rowOf(page, newcomer.title).getByRole('link').getAttribute('href')
        // Nobody tells this window that something has changed.
        await page.route('**/live', (route) => route.abort())
        for (const window of [page, other]) await window.goto(path ?? '')
        const save = (window: Page) => window.getByRole('button', { name: t('person_roles_save') })
        const role = (window: Page, name: string) => window.getByRole('checkbox', { name: t(name), exact: true })
        await role(other, 'role_registrar').check()
        await save(other).click()
        await expect(other.getByText(t('organisation_done_roles'))).toBeVisible()

        await role(page, 'role_manager').check()
        await save(page).click()
        await expect(page.getByRole('table', { name: t('conflict_title') })).toBeVisible()
        await expect(page.getByRole('table')).toContainText(t('role_registrar'))
        await expect(role(page, 'role_manager')).toBeChecked()
        await expect(role(page, 'role_registrar')).not.toBeChecked()
        if (javaScriptEnabled) await expectAccessible(page)
        await save(page).click()
        await expect(page.getByText(t('organisation_done_roles'))).toBeVisible()
        await expect(rowOf(page, newcomer.title)).toContainText(t('role_manager'))
      })
    })

    test('the last administrator cannot be taken away, and the page says why', async ({ as, t }) => {
      const page = await as(administrator('skinnskatteberg'))
      await page.goto('/organisation')
      await rowOf(page, administrator('skinnskatteberg')).getByRole('link').click()
      const blocked = page.getByRole('button', { name: new RegExp(t('person_disable', { title: '' }).trim()) })
      await expect(blocked).toHaveAttribute('aria-disabled', 'true')
      await expect(blocked).toHaveAccessibleDescription(t('person_last_administrator'))
      await page.getByRole('checkbox', { name: t('role_administrator'), exact: true }).uncheck()
      await page.getByRole('checkbox', { name: t('role_officer'), exact: true }).check()
      await page.getByRole('button', { name: t('person_roles_save') }).click()
      await expect(page.getByRole('alert').getByRole('link')).toContainText(t('error_person_last_administrator'))
      await expect(page.getByRole('checkbox', { name: t('role_officer'), exact: true })).toBeChecked()
    })

    test('before somebody is blocked, the roles nobody else has are named', async ({ as, t }) => {
      const page = await as(administrator('skinnskatteberg'))
      await page.goto('/organisation')
      await rowOf(page, 'skolchef@skinnskatteberg.example').getByRole('link').click()
      await page.getByText(t('person_disable', { title: 'Skolchef' }), { exact: true }).click()
      const roles = t('acting_role_decider')
      await expect(page.getByText(t('person_disable_leaves', { roles }))).toBeVisible()
    })

    test('others see titles and roles, and who invites', async ({ as, t }) => {
      const page = await as('skolchef@skinnskatteberg.example')
      await page.goto('/organisation')
      await expect(rowOf(page, 'Registrator').first()).toContainText(t('role_registrar'))
      await expect(page.getByText('@skinnskatteberg.example')).toHaveCount(0)
      const inviting = page.getByRole('button', { name: t('person_invite') })
      await expect(inviting).toHaveAttribute('aria-disabled', 'true')
      await expect(inviting).toHaveAccessibleDescription(t('person_invite_administrator', { titles: 'administratör' }))
      await page.goto('/organisation/bjud-in')
      await expect(page.getByText(t('error_auth_role_needed'))).toBeVisible()
    })

    test('an invitation that does not fit is refused beside its fields, keeping what was typed', async ({ as, t }) => {
      const page = await as(administrator('norberg'))
      await page.goto('/organisation/bjud-in')
      await page.getByLabel(t('person_email')).fill('ingen adress')
      await page.getByLabel(t('person_title')).fill('Kurator')
      await page.getByRole('button', { name: t('invite_send') }).click()
      await expect(page.getByRole('alert').getByRole('link')).toHaveCount(2)
      await expect(page.getByLabel(t('person_email'))).toHaveAccessibleDescription(new RegExp(t('error_field_email')))
      await expect(page.getByLabel(t('person_title'))).toHaveValue('Kurator')
      await page.getByLabel(t('person_email')).fill('skolchef@norberg.example')
      await page.getByRole('checkbox', { name: t('role_officer'), exact: true }).check()
      await page.getByRole('button', { name: t('invite_send') }).click()
      await expect(page.getByLabel(t('person_email'))).toHaveAccessibleDescription(
        new RegExp(t('error_person_already_member')),
      )
      await expect(page.getByRole('checkbox', { name: t('role_officer'), exact: true })).toBeChecked()
    })

    test('organisations are found by part of a name and by county, page by page', async ({ as, t }) => {
      const page = await as('handlaggare@sala.example')
      await page.goto('/organisation/alla')
      const rows = page.getByRole('row')
      await expect(rows).toHaveCount(51)
      await page.getByRole('link', { name: t('page_next') }).click()
      await expect(page).toHaveURL(/efter=/)
      await expect(page.getByRole('link', { name: 'Ale kommun' })).toHaveCount(0)
      await page.getByRole('link', { name: t('page_first') }).click()
      await expect(page.getByRole('link', { name: 'Ale kommun' })).toBeVisible()
      await page.getByLabel(t('register_search')).fill('OSTER')
      await page.getByLabel(t('organisation_county')).selectOption('01')
      await page.getByRole('button', { name: t('filter_show') }).click()
      await expect(page).toHaveURL('/organisation/alla?q=OSTER&lan=01')
      await expect(page.getByRole('link', { name: 'Österåkers kommun' })).toBeVisible()
      await expect(page.getByLabel(t('register_search'))).toHaveValue('OSTER')
      await page.goto('/organisation/alla?q=%25%00&lan=99&typ=kiosk')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await page.goto('/organisation/alla?q=xyzzy')
      await page.getByRole('link', { name: t('register_show_all') }).click()
      await expect(rows).toHaveCount(51)
    })

    test('an organisation that is not there is not found', async ({ as, t }) => {
      const page = await as('handlaggare@sala.example')
      await page.goto('/organisation')
      for (const id of ['ingen', '00000000-0000-4000-8000-000000000000']) {
        const response = await page.goto(`/organisation/${id}`)
        expect(response?.status()).toBe(404)
        await expect(page.getByText(t('error_organisation_not_found'))).toBeVisible()
      }
    })
  })
}

test('an invitation is made with the keyboard alone', async ({ as, t }) => {
  const newcomer = aNewcomer('Tangent')
  const page = await as(administrator('vasteras'))
  await page.goto('/organisation/bjud-in')
  await page.getByLabel(t('person_email')).focus()
  await page.keyboard.type(newcomer.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(newcomer.title)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel(t('invite_link'))).toHaveValue(/\/inbjudan\//)
  // Where one was is gone: what came of it has focus, and is read.
  await expect(page.locator(':focus')).toContainText(t('invite_done_title'))
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  // A button that is script's alone answers once its script has come.
  await expect(async () => {
    await page.getByRole('button', { name: t('invite_copy') }).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: t('invite_copied') })).toHaveCount(1, { timeout: 500 })
  }).toPass({ timeout: 10_000 })
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(await page.getByLabel(t('invite_link')).inputValue())
})

test('an administrator who is blocked meanwhile is out at the next step', async ({ as, stranger, t }) => {
  const newcomer = aNewcomer('Biträdande')
  const page = await as(administrator('norberg'))
  await page.goto('/organisation')
  const theirs = await stranger()
  await join(theirs, t, await invite(page, t, newcomer, ['role_administrator']), newcomer)
  await gotoWithScript(theirs, '/organisation/bjud-in')
  await page.goto('/organisation')
  await rowOf(page, newcomer.title).getByRole('link').click()
  await page.getByText(t('person_disable', { title: newcomer.title })).click()
  await page.getByRole('button', { name: t('person_disable_confirm') }).click()
  await expect(page.getByText(t('organisation_done_disabled'))).toBeVisible()
  await theirs.getByRole('button', { name: t('invite_send') }).click()
  await expect(theirs.getByRole('alert')).toContainText(t('error_signed_out_kept'))
  await theirs.goto('/organisation')
  await expect(theirs).toHaveURL(/logga-in/)
})

test('what an open page loads by itself is no use of the session, and what its reader does is', async ({
  as,
  stranger,
  t,
}) => {
  test.skip(databases === '', 'A session is made older in the databases of a system of our own: npm test -- e2e')
  const newcomer = aNewcomer('Läsare')
  const page = await as(administrator('sala'))
  const theirs = await stranger()
  await join(theirs, t, await invite(page, t, newcomer), newcomer)
  await gotoWithScript(theirs, '/organisation')
  await expect(rowOf(theirs, newcomer.title)).toBeVisible()
  await letIdle(newcomer.email, 20)
  await page.goto('/organisation')
  await rowOf(page, newcomer.title).getByRole('link').click()
  await page.getByRole('checkbox', { name: t('role_registrar'), exact: true }).check()
  await page.getByRole('button', { name: t('person_roles_save') }).click()
  await expect(rowOf(theirs, newcomer.title)).toContainText(t('role_registrar'))
  expect(await idleFor(newcomer.email)).toBeGreaterThan(19)
  await theirs
    .getByRole('banner')
    .getByRole('link', { name: t('nav_requests') })
    .click()
  await expect.poll(() => idleFor(newcomer.email)).toBeLessThan(1)
})
