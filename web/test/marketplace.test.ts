import { gotoWithScript } from './invited.ts'
import { draftOf, field, publishOffer, spring } from './market-steps.ts'
import { address } from './surroundings.ts'
import {
  expect,
  expectAccessible,
  expectFits,
  type Locale,
  type Locator,
  type Page,
  test,
  type Words,
} from './support.ts'

const lender = 'handlaggare@fagersta.example'
const borrower = 'handlaggare@skinnskatteberg.example'
const reader = 'registrator@fagersta.example'

/** What was typed here is found by this, whatever else there is. */
function marked(title: string): string {
  return `${title} ${crypto.randomUUID().slice(0, 8)}`
}

for (const lang of ['sv', 'en'] satisfies Locale[]) {
  test.describe(`in ${lang}`, () => {
    test.use({ lang })

    for (const javaScriptEnabled of [true, false]) {
      test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
        test.use({ javaScriptEnabled })

        test('what does not fit is said beside its field, and what was typed is kept', async ({ someone }) => {
          const writer = await someone(lender)
          const { page, t } = writer
          await page.goto(`${await draftOf(writer, '/utbud')}/omfattning`)
          await field(writer, 'field_period_from').fill(spring.from)
          await field(writer, 'field_hours_per_week').fill('7,6')
          await field(writer, 'field_slice').fill(lang === 'sv' ? 'åtta' : 'eight')
          await goOn(writer)
          const summary = page.getByRole('alert')
          await expect(summary).toBeFocused()
          await expect(field(writer, 'field_period_to')).toHaveAccessibleDescription(
            new RegExp(t('error_field_required')),
          )
          await expect(field(writer, 'field_hours_per_week')).toHaveAccessibleDescription(
            new RegExp(t('error_hours_not_quarters')),
          )
          await expect(field(writer, 'field_slice')).toHaveAccessibleDescription(new RegExp(t('error_field_number')))
          await expect(field(writer, 'field_period_from')).toHaveValue(spring.from)
          await expect(field(writer, 'field_hours_per_week')).toHaveValue('7,6')
          await expect(field(writer, 'field_slice')).toHaveValue(lang === 'sv' ? 'åtta' : 'eight')
          await summary.getByRole('link').last().click()
          await expect(field(writer, 'field_slice')).toBeFocused()
        })

        test('an offer may have several periods, and one too many is taken away', async ({ someone }) => {
          const writer = await someone(lender)
          const { page, t } = writer
          await page.goto(`${await draftOf(writer, '/utbud')}/omfattning`)
          await page.getByRole('button', { name: t('period_add') }).click()
          await page.getByRole('button', { name: t('period_add') }).click()
          await page.getByRole('button', { name: t('period_remove') }).click()
          const periods = [
            { from: '2027-01-11', to: '2027-06-11', hours: '8' },
            { from: '2027-08-16', to: '2027-12-17', hours: '6,5' },
          ]
          for (const [index, { from, to, hours }] of periods.entries()) {
            const period = page.getByRole('group', { name: t('period_number', { number: index + 1 }) })
            await period.getByLabel(t('field_period_from')).fill(from)
            await period.getByLabel(t('field_period_to')).fill(to)
            await period.getByRole('textbox', { name: t('field_hours_per_week') }).fill(hours)
          }
          await expect(page.getByRole('group', { name: t('period_number', { number: 3 }) })).toHaveCount(0)
          await field(writer, 'field_slice').fill('2')
          await goOn(writer)
          await expect(page).toHaveURL(/\/plats/)
          await page.goto(page.url().replace('/plats', '/kontrollera'))
          await expect(page.getByRole('main')).toContainText('2027-08-16 – 2027-12-17')
          await expect(page.getByRole('main')).toContainText(lang === 'sv' ? '6,5' : '6.5')
        })
      })
    }
  })
}

test.describe('in English, where a comma stands between thousands', () => {
  test.use({ lang: 'en' })

  test('a price above a thousand stays what it is when its step is opened and saved again', async ({ someone }) => {
    const writer = await someone(lender)
    const { page, t } = writer
    const draft = await draftOf(writer, '/utbud')
    await page.goto(`${draft}/kostnad`)
    await page.getByRole('radio', { name: t('cost_actual_hours'), exact: true }).check()
    await field(writer, 'field_ore_per_hour').fill('1,250')
    await goOn(writer)
    await expect(page).toHaveURL(/\/skydd/)
    await page.goto(`${draft}/kostnad`)
    await goOn(writer)
    await expect(page).toHaveURL(/\/skydd/)
    await page.goto(`${draft}/kontrollera`)
    await expect(page.getByRole('main')).toContainText('SEK\u00a01,250 per hour')
  })
})

test('a competence is found by the words people use, and the list is narrowed by address', async ({ as, t }) => {
  const page = await as(borrower)
  await page.goto('/utbud')
  await page.getByLabel(t('filter_text'), { exact: true }).fill('skolpsykolog')
  await page.getByRole('button', { name: t('filter_show'), exact: true }).click()
  await expect(page).toHaveURL('/utbud?q=skolpsykolog')
  const rows = page.getByRole('table', { name: t('offers_title') }).getByRole('row')
  await expect(rows.nth(1)).toContainText('psykolog', { ignoreCase: true })
  await page.getByLabel(t('filter_where'), { exact: true }).selectOption({ label: 'Västerås stad' })
  await page.getByRole('button', { name: t('filter_show'), exact: true }).click()
  await expect(page).toHaveURL(/q=skolpsykolog&var=[0-9a-f-]{36}$/)
  await expectRowsOf(rows, 'Västerås stad')
  await page.getByRole('link', { name: t('filter_remove', { name: '”skolpsykolog”' }) }).click()
  await expect(page).toHaveURL(/\/utbud\?var=[0-9a-f-]{36}$/)
  await page
    .getByRole('navigation', { name: t('sort_label') })
    .getByRole('link', { name: t('sort_starts') })
    .click()
  await expect(page).toHaveURL(/var=[0-9a-f-]{36}&sortera=starts$/)

  const coveredToo = t('requests_count_all', { said: '' }).replace(t('requests_count', { said: '' }), '')
  await page.goto('/behov')
  await expect(page.getByRole('heading', { level: 2 }).first()).toContainText(coveredToo)
  await page.goto('/behov?tim=1')
  await expect(page.getByRole('heading', { level: 2 }).first()).not.toContainText(coveredToo)
})

test('where a list is narrowed by county, the counties stand in the order of the alphabet', async ({ as, t }) => {
  const page = await as(reader)
  await page.goto('/utbud')
  // The own county stands first by itself.
  const others = page.getByLabel(t('filter_where'), { exact: true }).locator('optgroup').last().locator('option')
  const lists = [await others.allInnerTexts()]
  await page.goto('/organisation/alla')
  const all = page.getByLabel(t('organisation_county'), { exact: true }).locator('option:not([value=""])')
  lists.push(await all.allInnerTexts())
  expect(lists.map(({ length }) => length)).toEqual([20, 21])
  for (const names of lists) expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, 'sv')))
})

test('the own municipality is offered once as the place where it happens', async ({ someone }) => {
  const writer = await someone(lender)
  await writer.page.goto(`${await draftOf(writer, '/utbud')}/plats`)
  const places = field(writer, 'field_place_municipality').locator('option')
  await expect(places.filter({ hasText: 'Västerås' })).toHaveCount(1)
  await expect(places.filter({ hasText: 'Fagersta' })).toHaveCount(1)
})

test('what an offer was never given is not said as a number', async ({ someone }) => {
  const writer = await someone(lender)
  const { page, t } = writer
  await page.goto(`${await draftOf(writer, '/utbud')}/kontrollera`)
  const answer = (term: string) =>
    page
      .locator('dt')
      .filter({ hasText: t(term) })
      .locator('xpath=following-sibling::dd[1]')
  await expect(answer('term_notice')).toHaveText(t('no_notice'))
  await expect(answer('term_reserve_floor')).toHaveText(t('none_kept'))
})

test('a filter that cannot be read is refused beside it, and the list does without it', async ({ as, t }) => {
  const page = await as(borrower)
  await page.goto('/utbud?tim=många&fran=2027-13-01&typ=inget&grupp=elevhalsa')
  await expect(page.getByLabel(t('filter_least'))).toHaveAccessibleDescription(new RegExp(t('error_field_number')))
  await expect(page.getByLabel(t('filter_least'))).toHaveValue('många')
  await expect(page.getByRole('table', { name: t('offers_title') })).toBeVisible()
})

test('the fields of a filter say what the list is narrowed by, whichever way one came to it', async ({ as, t }) => {
  const page = await as(borrower)
  const [words, group, hours] = [
    page.getByLabel(t('filter_text'), { exact: true }),
    page.getByLabel(t('filter_group'), { exact: true }),
    page.getByLabel(t('filter_least'), { exact: true }),
  ]
  const say = async (said: { words: string; group: string; hours: string }) => {
    await expect(words).toHaveValue(said.words)
    await expect(group).toHaveValue(said.group)
    await expect(hours).toHaveValue(said.hours)
  }
  const show = page.getByRole('button', { name: t('filter_show'), exact: true })
  await gotoWithScript(page, '/utbud')
  await group.selectOption('elevhalsa')
  await hours.fill('4')
  await show.click()
  await expect(page).toHaveURL('/utbud?grupp=elevhalsa&tim=4')
  await words.fill('inte sökt ännu')
  await page.getByRole('link', { name: t('filter_remove', { name: t('group_elevhalsa') }) }).click()
  await say({ words: '', group: '', hours: '4' })
  await page.goBack()
  await say({ words: '', group: 'elevhalsa', hours: '4' })
  await page.getByRole('link', { name: t('filter_clear') }).click()
  await say({ words: '', group: '', hours: '' })

  await gotoWithScript(page, '/samarbeten')
  const status = page.getByLabel(t('filter_status'), { exact: true })
  await status.selectOption('active')
  await show.click()
  await expect(page).toHaveURL(/lage=active/)
  await page.getByRole('link', { name: t('filter_clear') }).click()
  await expect(status).toHaveValue('')
})

test('a filter that only the other list has narrows nothing, and is not said to', async ({ as, t }) => {
  const page = await as(borrower)
  for (const [list, name] of [
    ['/utbud?orsak=vacancy&plats=remote', 'cause_vacancy'],
    ['/behov?typ=competence&plats=remote', 'kind_competence'],
  ] as const) {
    await page.goto(list)
    const removal = (label: string) => page.getByRole('link', { name: t('filter_remove', { name: t(label) }) })
    await expect(removal('place_remote')).toBeVisible()
    await expect(removal(name)).toHaveCount(0)
  }
})

test('half a period that does not fit narrows nothing, and is not said to', async ({ as, t }) => {
  const page = await as(borrower)
  await page.goto('/utbud?fran=2027-05-01&till=2027-01-01&grupp=elevhalsa')
  await expect(page.getByLabel(t('filter_to'))).toHaveAccessibleDescription(
    new RegExp(t('error_period_ends_before_start')),
  )
  const removal = (name: string) => page.getByRole('link', { name: t('filter_remove', { name }) })
  await expect(removal(t('group_elevhalsa'))).toBeVisible()
  await expect(removal(t('filter_from_day', { date: '2027-05-01' }))).toHaveCount(0)
})

test('a list that is narrowed to an organisation of another county says which, and stays so', async ({ as, t }) => {
  const page = await as(borrower)
  await page.goto('/organisation/alla?q=OSTER&lan=01')
  const name = 'Österåkers kommun'
  const found = page.getByRole('main').getByRole('link', { name, exact: true })
  const [id = ''] = /[0-9a-f-]{36}$/.exec((await found.getAttribute('href')) ?? '') ?? []
  await page.goto(`/utbud?var=${id}`)
  await expect(page.getByRole('link', { name: t('filter_remove', { name }) })).toBeVisible()
  await page.getByLabel(t('filter_group'), { exact: true }).selectOption('elevhalsa')
  await page.getByRole('button', { name: t('filter_show'), exact: true }).click()
  await expect(page).toHaveURL(`/utbud?grupp=elevhalsa&var=${id}`)
})

test('on paper a list has what it is narrowed by, and no form', async ({ as, t }) => {
  const page = await as(borrower)
  await page.goto('/utbud?grupp=elevhalsa')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('link', { name: t('filter_remove', { name: t('group_elevhalsa') }) })).toBeVisible()
  await expect(page.getByLabel(t('filter_text'), { exact: true })).toBeHidden()
})

test('lists fit any screen from a tablet to a desk, also where a title is one long word', async ({ someone, as }) => {
  const owner = await someone(lender)
  await publishOffer(owner, { hours: 4, least: 2, title: `${'W'.repeat(100)}${crypto.randomUUID().slice(0, 8)}` })
  const coordinator = await as('samordnare@regionvastmanland.example')
  for (const width of [700, 768, 820, 1024, 1280])
    for (const [page, paths] of [
      [owner.page, ['/utbud', '/utbud/mina', '/behov', '/behov/mina', '/samarbeten']],
      [coordinator, ['/samordning', '/samordning/utan-traff']],
    ] as const)
      for (const path of paths) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(path)
        await expectFits(page, `${path}, ${width} px`)
      }
})

test('each municipality of the map leads to its own offers, and the table says the same', async ({ as, t }) => {
  const page = await as(borrower)
  await page.goto('/utbud')
  const map = page.getByRole('group', { name: t('county_left') })
  await expect(map.getByRole('link')).toHaveCount(10)
  await map.getByRole('link', { name: /^Västerås:/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/utbud\?var=/)
  const rows = page.getByRole('table', { name: t('offers_title') }).getByRole('row')
  await expectRowsOf(rows, 'Västerås stad')
  const county = page.getByRole('region', { name: t('county_title') })
  await county.getByText(t('as_table')).click()
  // Who has no municipality has no place on the map, and stands in the table.
  await expect(county.getByRole('table').getByRole('link')).toHaveCount(11)
  await county.getByRole('table').getByRole('link', { name: 'Region Västmanland' }).click()
  await expect(page.getByRole('link', { name: t('filter_remove', { name: 'Region Västmanland' }) })).toBeVisible()
})

test('an empty list leads on', async ({ as, t }) => {
  const page = await as(borrower)
  await page.goto('/utbud?q=finnsinteisverige')
  await expect(page.getByRole('main')).toContainText(t('offers_none_found'))
  await page
    .getByRole('main')
    .getByRole('link', { name: t('request_new') })
    .click()
  await expect(page).toHaveURL('/behov/nytt')
})

test('a page of a list on which nothing stands any more says so, and leads to the beginning', async ({ as, t }) => {
  const page = await as(borrower)
  // Past all there is, as the lists write where a page ends.
  const past = (order: string) =>
    Buffer.from(JSON.stringify([order, '2000-01-01T00:00:00Z', crypto.randomUUID()])).toString('base64url')
  for (const [list, order] of [
    ['/utbud', 'newest'],
    ['/behov?grupp=elevhalsa', 'newest'],
    ['/behov/mina', 'mine'],
  ] as const) {
    await page.goto(`${list}${list.includes('?') ? '&' : '?'}efter=${past(order)}`)
    await expect(page.getByRole('main')).toContainText(t('page_passed'))
    await expect(page.getByRole('link', { name: t('page_first') })).toHaveAttribute('href', list)
  }
})

test('what is typed is kept while one types, and is there again', async ({ someone }) => {
  const writer = await someone(borrower)
  const { page, t } = writer
  const draft = await draftOf(writer, '/behov')
  await page.goto(`${draft}/orsak`)
  await field(writer, 'field_if_nobody').pressSequentially('Utredningar väntar fjorton veckor.')
  await expect(page.getByText(t('saved_at'))).toBeVisible()
  await page.reload()
  await expect(field(writer, 'field_if_nobody')).toHaveValue('Utredningar väntar fjorton veckor.')
  // Script has come when it keeps the first word; the second is on its way while one leaves.
  await field(writer, 'field_if_nobody').press('Control+End')
  await field(writer, 'field_if_nobody').pressSequentially(' Minst')
  await expect(page.getByText(t('saved_at'))).toBeVisible()
  await field(writer, 'field_if_nobody').pressSequentially(' ett år.')
  await page
    .getByRole('link', { name: t('request_step_place') })
    .first()
    .click()
  await expect(page).toHaveURL(/plats/)
  await page.goto(`${draft}/orsak`)
  await expect(field(writer, 'field_if_nobody')).toHaveValue('Utredningar väntar fjorton veckor. Minst ett år.')
})

test('a period that is taken away stays away when one leaves the page by a link', async ({ someone }) => {
  const writer = await someone(lender)
  const { page, t } = writer
  const path = `${await draftOf(writer, '/utbud')}/omfattning`
  const second = page.getByRole('group', { name: t('period_number', { number: 2 }) })
  await gotoWithScript(page, path)
  await page.getByRole('button', { name: t('period_add') }).click()
  await second.getByLabel(t('field_period_from')).fill('2027-08-16')
  await expect(page.getByText(/^Sparat/)).toBeVisible()
  await gotoWithScript(page, path)
  await expect(second.getByLabel(t('field_period_from'))).toHaveValue('2027-08-16')
  await page.getByRole('button', { name: t('period_remove') }).click()
  await page.getByRole('main').getByRole('link').first().click()
  await expect(page).not.toHaveURL(path)
  await gotoWithScript(page, path)
  await expect(page.getByRole('button', { name: t('period_add') })).toBeVisible()
  await expect(second).toHaveCount(0)
})

test('what is typed, chosen and unfolded before the scripts have come stays, and is kept', async ({ someone }) => {
  const writer = await someone(lender)
  const { page, t } = writer
  const draft = await draftOf(writer, '/utbud')
  const arrived = Promise.withResolvers<undefined>()
  await page.route('**/*.js', async (route) => {
    await arrived.promise
    await route.continue()
  })
  await page.goto(`${draft}/beskrivning`, { waitUntil: 'commit' })
  const area = page.getByRole('checkbox').first()
  await field(writer, 'field_title').fill('Logoped på tisdagar')
  await page.getByRole('main').getByRole('textbox').nth(1).fill('Van vid förskolor.')
  await area.check()
  await page
    .locator('summary')
    .filter({ hasText: t('field_languages') })
    .click()
  await page.getByRole('checkbox', { name: /^finska$/i }).check()
  arrived.resolve(undefined)
  await expect(page.getByText(t('saved_at'))).toBeVisible()
  await expect(field(writer, 'field_title')).toHaveValue('Logoped på tisdagar')
  await expect(page.getByRole('main').getByRole('textbox').nth(1)).toHaveValue('Van vid förskolor.')
  await expect(area).toBeChecked()
  await expect(page.getByRole('checkbox', { name: /^finska$/i })).toBeChecked()
  await page.reload()
  await expect(field(writer, 'field_title')).toHaveValue('Logoped på tisdagar')
  await expect(area).toBeChecked()
})

test('a stale change shows what the other one wrote beside what was typed, and may then stand', async ({ someone }) => {
  const writer = await someone(lender)
  const { page, t } = writer
  const id = await publishOffer(writer, { hours: 12, least: 2, title: marked('Stale') })
  await page.goto(`/utbud/${id}/andra/kostnad`)
  const other = await page.context().newPage()
  await other.goto(`/utbud/${id}/andra/kostnad`)
  await other.getByLabel(t('field_ore_per_hour')).fill('700')
  await other.getByRole('button', { name: t('step_save'), exact: true }).click()
  await expect(other.getByText(t('done_change'))).toBeVisible()

  await field(writer, 'field_ore_per_hour').fill('650')
  await page.getByRole('button', { name: t('step_save'), exact: true }).click()
  const conflict = page.getByRole('table', { name: t('conflict_title') })
  await expect(conflict).toContainText('650')
  await expect(conflict).toContainText('700')
  await expectAccessible(page)
  await expect(field(writer, 'field_ore_per_hour')).toHaveValue('650')
  await page.getByRole('button', { name: t('step_save'), exact: true }).click()
  await expect(page.getByText(t('done_change'))).toBeVisible()
  await expect(page.getByRole('main')).toContainText('650')
})

test('an offer is paused, opened again, confirmed and withdrawn', async ({ someone }) => {
  const owner = await someone(lender)
  const { page, t } = owner
  const title = marked('Life')
  const id = await publishOffer(owner, { hours: 4, least: 2, title })
  await page.goto(`/utbud/${id}`)
  await page.getByRole('button', { name: t('market_pause'), exact: true }).click()
  await expect(page.getByText(t('done_pause'))).toBeVisible()
  await expect(page.getByText(t('offer_paused_about'))).toHaveCount(0)
  await page.goto(`/utbud/${id}`)
  await expect(page.getByText(t('offer_paused_about'))).toBeVisible()
  await page.getByRole('button', { name: t('market_resume'), exact: true }).click()
  await expect(page.getByText(t('done_resume'))).toBeVisible()
  await page.getByText(t('offer_confirm_other_day')).click()
  await page.getByLabel(t('field_confirmed_until')).fill('2027-05-01')
  await page
    .getByRole('main')
    .getByRole('button', { name: t('step_save'), exact: true })
    .click()
  await expect(page.getByText(t('done_confirm'))).toBeVisible()
  await expect(page.getByRole('main')).toContainText('2027-05-01')
  await page.getByText(t('offer_withdraw'), { exact: true }).click()
  await page.getByRole('button', { name: t('market_withdraw_confirm') }).click()
  await expect(page.getByText(t('offer_over_about'))).toBeVisible()
  await page.goto(`/utbud/${id}/andra/kostnad`)
  await expect(page).toHaveURL(`/utbud/${id}`)
  await page.getByRole('button', { name: t('market_copy') }).click()
  await expect(page).toHaveURL(/\/utbud\/nytt\/[0-9a-f-]{36}\/omfattning/)
  // For how long one stood by the other is not said of this one.
  await expect(field(owner, 'field_confirmed_until')).toHaveValue('')
})

test('an offer is confirmed as one saw it when one began, also when the page has been loaded anew', async ({
  someone,
}) => {
  const owner = await someone(lender)
  const { page, t } = owner
  const id = await publishOffer(owner, { hours: 4, least: 2, title: marked('Confirm') })
  await gotoWithScript(page, `/utbud/${id}`)
  await page.getByText(t('offer_confirm_other_day')).click()
  await page.getByLabel(t('field_confirmed_until')).fill('2027-05-01')
  const other = await page.context().newPage()
  await other.goto(`/utbud/${id}/andra/kostnad`)
  await other.getByLabel(t('field_ore_per_hour')).fill('700')
  await other.getByRole('button', { name: t('step_save'), exact: true }).click()
  await expect(page.getByRole('main')).toContainText(/700\skr/)
  const save = page.getByRole('main').getByRole('button', { name: t('step_save'), exact: true })
  await save.click()
  await expect(page.getByRole('alert')).toContainText(t('error_offer_stale'))
  await save.click()
  await expect(page.getByText(t('done_confirm'))).toBeVisible()
  await expect(page.getByRole('main')).toContainText('2027-05-01')
})

test('an offer over five school years shows all its weeks', async ({ someone }) => {
  const owner = await someone(lender)
  const { page, t } = owner
  const id = await publishOffer(owner, { hours: 4, least: 2, title: marked('Long') })
  const extent = `/utbud/${id}/andra/omfattning`
  await page.goto(extent)
  const version = await page.locator('input[name=version]').first().inputValue()
  const form = {
    ...{ version, extentAs: 'weekly', slice: '2' },
    ...{ 'segments.0.period.from': '2027-01-11', 'segments.0.period.to': '2029-06-29', 'segments.0.hoursPerWeek': '4' },
    ...{ 'segments.1.period.from': '2029-08-13', 'segments.1.period.to': '2031-06-13', 'segments.1.hoursPerWeek': '2' },
  }
  const headers = { origin: address, accept: 'text/html' }
  const changed = await page.request.post(`${extent}?/save`, { headers, form, maxRedirects: 0 })
  expect(changed.status()).toBe(303)
  await page.goto(`/utbud/${id}`)
  await page.getByText(t('as_table')).click()
  await expect(page.getByRole('rowheader', { name: /24 2031$/ })).toBeVisible()
})

test('what happens before a page begins to listen shows on it as well', async ({ someone }) => {
  const owner = await someone(lender)
  const { page, t } = owner
  const id = await publishOffer(owner, { hours: 4, least: 2, title: marked('Early') })
  const heard = Promise.withResolvers<undefined>()
  await page.route('**/live', async (route) => {
    await heard.promise
    await route.continue()
  })
  await page.goto(`/utbud/${id}`)
  await expect(page.getByRole('button', { name: t('market_pause'), exact: true })).toBeVisible()
  const elsewhere = await page.context().newPage()
  await elsewhere.goto(`/utbud/${id}`)
  await elsewhere.getByRole('button', { name: t('market_pause'), exact: true }).click()
  await expect(elsewhere.getByText(t('done_pause'))).toBeVisible()
  await elsewhere.close()
  heard.resolve(undefined)
  await expect(page.getByRole('button', { name: t('market_resume'), exact: true })).toBeVisible()
})

test('one who may not publish is told who may', async ({ someone, as }) => {
  const owner = await someone(lender)
  const id = await publishOffer(owner, { hours: 4, least: 2, title: marked('Roles') })
  const page = await as(reader)
  for (const path of ['/utbud', `/utbud/${id}`]) {
    await page.goto(path)
    await expect(page.getByText(owner.t('publish_role')).first()).toBeVisible()
  }
  await expect(page.getByRole('button', { name: owner.t('market_pause'), exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  expect((await page.goto('/utbud/nytt'))?.status()).toBe(403)
})

test("another organisation's draft is not there", async ({ someone, as }) => {
  const owner = await someone(lender)
  const draft = await draftOf(owner, '/utbud')
  const stranger = await as(borrower)
  expect((await stranger.goto(`${draft}/omfattning`))?.status()).toBe(404)
  expect((await stranger.goto(`${draft}/kontrollera`))?.status()).toBe(404)
})

test('the page of a question that nobody asks is not there, and says so', async ({ someone }) => {
  const { page, t, ...owner } = await someone(lender)
  const draft = await draftOf({ page, t, ...owner }, '/utbud')
  expect((await page.goto(`${draft}/finns-inte`))?.status()).toBe(404)
  await expect(page.getByText(t('error_page_not_found'), { exact: true })).toBeVisible()
})

test('the question of an assignment in hours spreads them over its weeks', async ({ someone }) => {
  const writer = await someone(lender)
  const { page, t } = writer
  const draft = await draftOf(writer, '/utbud')
  await page.goto(`${draft}/omfattning`)
  await page.getByRole('radio', { name: t('extent_total'), exact: true }).check()
  await field(writer, 'field_total_hours').fill('88')
  await field(writer, 'field_period_from').fill(spring.from)
  await field(writer, 'field_period_to').fill(spring.to)
  await field(writer, 'field_slice').fill('4')
  await goOn(writer)
  await expect(page).toHaveURL(/plats/)
  await page.goto(`${draft}/kontrollera`)
  await expect(page.getByRole('main')).toContainText('88 timmar')
  await expect(page.getByRole('main')).toContainText('4 tim/v (10 %)')
})

/** All rows but the head name this owner, and there are some. */
async function expectRowsOf(rows: Locator, owner: string): Promise<void> {
  await expect(rows.filter({ hasNotText: owner })).toHaveCount(1)
  await expect(rows.nth(1)).toContainText(owner)
}

async function goOn({ page, t }: { page: Page; t: Words }): Promise<void> {
  await page.getByRole('button', { name: t('step_continue'), exact: true }).click()
}
