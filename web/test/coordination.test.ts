import { readFile } from 'node:fs/promises'
import { accept } from './arrangement-steps.ts'
import { gotoWithScript } from './invited.ts'
import { expect, expectFits, type Page, test } from './support.ts'

const coordinator = 'samordnare@regionvastmanland.example'

/** The row of the worklist that is about this, and the reference it is known by. */
async function rowAbout(page: Page, competence: string) {
  const row = page.getByRole('row').filter({ hasText: competence })
  const [reference = ''] = /SK-\d{4}-\d{4}/.exec(await row.innerText()) ?? []
  return { reference, row: page.getByRole('row').filter({ hasText: reference }) }
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    test('a follow-up is set where its row stands, and the filters stay', async ({ as, t }) => {
      const page = await as(coordinator)
      await page.goto('/samordning')
      // The two of them set a follow-up each, at once.
      const { reference, row } = await rowAbout(page, javaScriptEnabled ? 'Synpedagog' : 'Skoljurist')
      await page.goto(`/samordning?q=${reference}`)
      await row.getByRole('link', { name: t('worklist_follow_up_for', { reference }) }).click()
      await row.getByLabel(t('follow_up_date')).fill('2027-02-01')
      await row.getByLabel(t('follow_up_note')).fill('Ring')
      await row.getByRole('button', { name: t('follow_up_save') }).click()
      await expect(row).toContainText('2027-02-01')
      await expect(row).toContainText(t('done_arrangement_follow_up'))
      await expect(page.getByRole('status').filter({ hasText: t('done_arrangement_follow_up') })).toContainText(
        reference,
      )
      const told = javaScriptEnabled ? '' : '&gjort=[0-9a-f-]{36}'
      await expect(page).toHaveURL(new RegExp(`[?]q=${reference}${told}#`))
      await page.getByRole('button', { name: t('filter_show') }).click()
      await expect(page).toHaveURL(`/samordning?q=${reference}`)
      await expect(page.getByText(t('done_arrangement_follow_up'))).toHaveCount(0)
    })
  })
}

test('a row of the worklist that is a small list has its values beside their labels, as wide as it is', async ({
  as,
}) => {
  const page = await as(coordinator)
  await page.goto('/samordning')
  const value = page.getByRole('main').locator('tbody td').first()
  const columns = () => value.evaluate((cell) => getComputedStyle(cell).gridTemplateColumns.split(' ').length)
  for (const [width, beside] of [
    [240, 1],
    [600, 2],
    [645, 2],
    [670, 2],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await expect.poll(columns, `${width} px`).toBe(beside)
  }
})

test('a follow-up that another coordinator has set meanwhile is told, and not written over unseen', async ({
  as,
  t,
}) => {
  const [slower, quicker] = [await as(coordinator), await as(coordinator)]
  await slower.goto('/samordning')
  // No other test sets one for it, as they do for rows that were found by where they stand.
  const { row } = await rowAbout(slower, 'Talpedagog')
  const path = (await row.getByRole('rowheader').getByRole('link').getAttribute('href')) ?? ''
  const followUp = (page: Page) => page.getByRole('region', { name: t('follow_up_title') })
  const [note, save] = ['follow_up_note', 'follow_up_save'] as const
  await gotoWithScript(slower, path)
  await followUp(slower).getByLabel(t(note)).fill('Ring Sala')
  const key = await followUp(slower).locator('[name=formKey]').inputValue()
  await quicker.goto(path)
  await followUp(quicker).getByLabel(t('follow_up_date')).fill('2027-02-02')
  await followUp(quicker).getByLabel(t(note)).fill('Ring Norberg')
  await followUp(quicker)
    .getByRole('button', { name: t(save) })
    .click()
  await expect(quicker.getByText(t('done_arrangement_follow_up'))).toBeVisible()
  // Also where the page has been loaded anew meanwhile: what is typed stands there as it was.
  await expect(followUp(slower).getByLabel(t('follow_up_date'))).toHaveValue('2027-02-02')
  await expect(followUp(slower).locator('[name=formKey]')).toHaveValue(key)

  await followUp(slower)
    .getByRole('button', { name: t(save) })
    .click()
  const told = t('error_follow_up_changed', { changed: '2027-02-02, Ring Norberg' })
  await expect(followUp(slower).getByRole('alert')).toContainText(told)
  await expect(followUp(slower).getByLabel(t(note))).toHaveValue('Ring Sala')
  await followUp(slower)
    .getByRole('button', { name: t(save) })
    .click()
  await expect(slower.getByText(t('done_arrangement_follow_up'))).toBeVisible()
  await expect(followUp(slower).getByLabel(t(note))).toHaveValue('Ring Sala')
})

test('a follow-up that is being written stays where its arrangement goes on to where the list does not reach', async ({
  someone,
}) => {
  const { page, t } = await someone(coordinator)
  await gotoWithScript(page, '/samordning?lage=proposed')
  const { reference, row } = await rowAbout(page, 'Hörselpedagog')
  await row.getByRole('link', { name: t('worklist_follow_up_for', { reference }) }).click()
  await row.getByLabel(t('follow_up_note')).fill('Ring Fagersta')
  const path = (await row.getByRole('rowheader').getByRole('link').getAttribute('href')) ?? ''
  const stages = page.getByRole('navigation', { name: t('worklist_status') })
  const before = await stages.innerText()
  for (const account of ['handlaggare@fagersta.example', 'skolchef@vasteras.example']) {
    const party = await someone(account)
    await party.page.goto(path)
    await accept(party)
  }
  await expect(stages).not.toHaveText(before, { useInnerText: true })
  await expect(row.getByLabel(t('follow_up_note'))).toHaveValue('Ring Fagersta')
  await row.getByRole('button', { name: t('follow_up_save') }).click()
  await expect(page.getByText(t('done_arrangement_follow_up'))).toBeVisible()
  await expect(row).toHaveCount(0)
  await page.goto(path)
  await expect(page.getByLabel(t('follow_up_note'))).toHaveValue('Ring Fagersta')
})

test('what is written in several lines stays so where only the date is changed, and reads so', async ({ as, t }) => {
  const page = await as(coordinator)
  await page.goto('/samordning')
  const { row } = await rowAbout(page, 'Skolläkare')
  await row.getByRole('rowheader').getByRole('link').click()
  const followUp = page.getByRole('region', { name: t('follow_up_title') })
  await followUp.getByLabel(t('follow_up_note')).fill('Ring Arboga\nRing Västerås')
  await followUp.getByRole('button', { name: t('follow_up_save') }).click()
  await expect(page.getByText(t('done_arrangement_follow_up'))).toBeVisible()
  await page.goto('/samordning')
  await expect(row).toContainText('Ring Arboga\nRing Västerås', { useInnerText: true })
  await row.getByRole('link', { name: new RegExp(t('worklist_follow_up_for', { reference: '' }).trim()) }).click()
  await row.getByLabel(t('follow_up_date')).fill('2027-02-03')
  await row.getByRole('button', { name: t('follow_up_save') }).click()
  await expect(row).toContainText('2027-02-03')
  await expect(row).toContainText('Ring Arboga\nRing Västerås', { useInnerText: true })
})

test.describe('what is late', () => {
  // Nothing is, until the second makes it so.
  test.describe.configure({ mode: 'serial' })

  test('the worklist is searched by reference, and the search is in the address', async ({ as, t }) => {
    const page = await as(coordinator)
    await page.goto('/samordning')
    const { reference } = await rowAbout(page, 'Dataskyddsombud')
    await page.getByLabel(t('arrangements_search')).fill(reference)
    await page.getByRole('button', { name: t('filter_show') }).click()
    await expect(page).toHaveURL(`/samordning?q=${reference}`)
    await expect(page.getByRole('row').filter({ hasText: /SK-/ })).toHaveCount(1)
    await page.goto('/samordning?forsenat=1')
    await expect(page.getByText(t('worklist_none_overdue'))).toBeVisible()
  })

  test('a follow-up whose day has come is told on the start page, with its note, until it is done', async ({
    as,
    t,
  }) => {
    const page = await as(coordinator)
    const note = `Ring ${crypto.randomUUID().slice(0, 8)}`
    await page.goto('/samordning?lage=active')
    await page.getByRole('rowheader').getByRole('link').last().click()
    const follow = page.getByRole('region', { name: t('follow_up_title') })
    const save = async (date: string) => {
      await follow.getByLabel(t('follow_up_date')).fill(date)
      await follow.getByLabel(t('follow_up_note')).fill(note)
      await follow.getByRole('button', { name: t('follow_up_save') }).click()
      await expect(page.getByText(t('done_arrangement_follow_up')).first()).toBeVisible()
    }
    await save('2026-01-01')
    await page.goto('/')
    const told = page
      .getByRole('region', { name: t('tasks_follow_ups') })
      .getByRole('listitem')
      .filter({ hasText: note })
    await expect(told).toContainText('2026-01-01')
    await told.getByRole('link').click()
    await expect(follow.getByLabel(t('follow_up_note'))).toHaveValue(note)
    await save('')
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1, name: t('tasks_title') })).toBeVisible()
    await expect(page.getByText(note)).toHaveCount(0)
  })
})

test('the worklist opens on what is open; all of it is one step away, and a search looks everywhere', async ({
  as,
  t,
}) => {
  const page = await as(coordinator)
  await page.goto('/samordning')
  const stages = page.getByRole('navigation', { name: t('worklist_status') })
  const closed = page.getByRole('row').filter({ hasText: t('arrangement_status_declined') })
  await expect(stages.locator('[aria-current]')).toContainText(t('worklist_open'))
  await expect(page.getByRole('row').filter({ hasText: /SK-/ })).not.toHaveCount(0)
  await expect(closed).toHaveCount(0)
  await stages.getByRole('link', { name: new RegExp(`^${t('worklist_all')} `) }).click()
  const [reference = ''] = /SK-\d{4}-\d{4}/.exec(await closed.first().innerText()) ?? []
  await page.goto('/samordning')
  await page.getByLabel(t('arrangements_search')).fill(reference)
  await page.getByRole('button', { name: t('filter_show') }).click()
  await expect(page.getByRole('row').filter({ hasText: reference })).toHaveCount(1)
  await expect(stages.locator('[aria-current]')).toContainText(t('worklist_all'))
})

test('one who goes through lists by keyboard stays where they are when a filter is pressed', async ({ as, t }) => {
  const page = await as(coordinator)
  for (const list of ['/samordning', '/samarbeten', '/utbud']) {
    await gotoWithScript(page, list)
    const show = page.getByRole('button', { name: t('filter_show'), exact: true })
    await show.focus()
    const loaded = page.waitForResponse((response) => response.url().includes('__data.json'))
    await page.keyboard.press('Enter')
    await loaded
    await expect(page.getByRole('main')).not.toBeFocused()
    await expect(show).toBeFocused()
  }
  await gotoWithScript(page, '/samordning')
  const all = page
    .getByRole('navigation', { name: t('worklist_status') })
    .getByRole('link', { name: new RegExp(`^${t('worklist_all')} `) })
  await all.press('Enter')
  await expect(page).toHaveURL(/lage=/)
  await expect(all).toHaveAttribute('aria-current', 'true')
  await expect(all).toBeFocused()
})

test('the worklist that is asked for is kept as a file for a spreadsheet', async ({ as, t }) => {
  const page = await as(coordinator)
  await page.goto(`/samordning?lage=declined`)
  const shown = await page.getByRole('row').filter({ hasText: /SK-/ }).allInnerTexts()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t('log_file') }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(new RegExp(`^samkraft-${t('worklist_file_name')}-[\\d-]+[.]csv$`))
  const [header = '', ...rows] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
  expect(header).toContain(`"${t('side_lender')}";"${t('side_borrower')}";"${t('column_status')}"`)
  expect(rows.map((row) => row.slice(1, 13))).toEqual(shown.map((row) => /SK-\d{4}-\d{4}/.exec(row)?.[0]))
  expect(rows[0]).toContain(`"${t('arrangement_status_declined')}"`)
})

test('on paper the worklist is no wider than its sheet, and says what it is and who holds what', async ({ as, t }) => {
  const page = await as(coordinator)
  // A4 with its margins, in pixels of 1/96 inch.
  await page.setViewportSize({ width: 673, height: 1000 })
  await page.emulateMedia({ media: 'print' })
  await page.goto('/samordning')
  await expectFits(page, 'the worklist on paper')
  // Others read it: nobody is "you" there.
  await expect(page.getByRole('table')).toContainText('Region Västmanland', { useInnerText: true })
  await expect(page.getByRole('cell').getByText(t('worklist_you'), { exact: true }).first()).toBeHidden()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(t('coordination_worklist'), {
    useInnerText: true,
  })
})

test('the requests of the county add up to those registered, alike for the coordinator and for who supports the process', async ({
  as,
  t,
}) => {
  const read = async (email: string) => {
    const page = await as(email)
    await page.goto('/samordning/tal')
    const rows = await page
      .getByRole('table', { name: t('figures_requests') })
      .locator('tbody tr, tfoot tr')
      .all()
    return Promise.all(rows.map(async (row) => (await row.locator('td').allInnerTexts()).map(Number)))
  }
  const total = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)
  const [coordinating, supporting] = [await read(coordinator), await read('processtod@skr.example')]
  expect(supporting).toEqual(coordinating)
  for (const row of coordinating) expect(row.at(-1)).toBe(total(row.slice(0, -1)))
  const registered = coordinating.map((row) => row.at(-1) ?? 0)
  expect(registered).toHaveLength(4)
  expect(registered.at(-1)).toBe(total(registered.slice(0, -1)))
  expect(registered.every((number) => number > 0)).toBe(true)
})

test('the worklist is for the coordinator, and whoever supports the process is told where its figures are', async ({
  as,
  t,
}) => {
  const page = await as('skolchef@norberg.example')
  for (const path of ['/samordning', '/samordning/tal', '/samordning/utan-traff', '/samordning/fordelning']) {
    expect((await page.goto(path))?.status(), path).toBe(403)
  }
  expect((await page.request.get('/samordning/fil')).status()).toBe(403)
  const reader = await as('processtod@skr.example')
  await reader.goto('/samordning')
  await expect(reader.getByText(t('coordination_only_figures'))).toBeVisible()
})
