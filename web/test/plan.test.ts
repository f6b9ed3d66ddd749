import { readFile } from 'node:fs/promises'
import { hoursOf, publishOffer, publishRequest } from './market-steps.ts'
import { expect, expectFits, type Locator, type Page, test, type Words } from './support.ts'
import type { Locale } from './words.ts'

const coordinator = 'samordnare@regionvastmanland.example'

/** What other tests do something with stays as it is; of what is left, each test here has a part of its own. */
const others = /Surahammar|Hallstahammar|Västerås|Norberg|Kungsör/

/** A plan of the demo market, computed and there to be read. */
async function computed(page: Page, t: Words, script: boolean): Promise<void> {
  await page.goto('/samordning/fordelning')
  await page.getByRole('button', { name: t('plans_compute') }).click()
  await page.waitForURL(/fordelning\/[0-9a-f-]{36}/)
  const there = page.getByRole('heading', { name: t('plan_compare') })
  if (script) return expect(there).toBeVisible({ timeout: 60_000 })
  await expect(async () => {
    await page.reload()
    await expect(there).toBeVisible({ timeout: 100 })
  }).toPass({ timeout: 60_000 })
}

/** The hours that a text begins with. */
function hoursIn(text: string, lang: Locale): number {
  const [written = ''] = /^[\d\s.,]+/.exec(text) ?? []
  return Number(written.replaceAll(/\s/g, '').replaceAll(',', lang === 'sv' ? '.' : ''))
}

function rowsOf(page: Page): Locator {
  return page.getByRole('row').filter({ has: page.getByRole('checkbox') })
}

const parts = ['Arboga', 'Köping', 'Sala'] as const

/** A row that still can be proposed and that is of this municipality: of several that have part in it, of the first. A second try needs another. */
function openRow(page: Page, municipality: (typeof parts)[number]): Locator {
  const open = rowsOf(page).filter({ has: page.locator('input:enabled'), hasNotText: others })
  const [first, ...earlier] = parts.slice(0, parts.indexOf(municipality))
  const own = open.filter({ hasText: municipality })
  return (first ? own.filter({ hasNotText: new RegExp([first, ...earlier].join('|')) }) : own).first()
}

for (const [how, settings] of Object.entries({
  'in Swedish': { municipality: 'Arboga' },
  'in English, without JavaScript': { municipality: 'Köping', lang: 'en', javaScriptEnabled: false },
} as const)) {
  test.describe(how, () => {
    const { municipality, ...used } = settings
    test.use(used)
    const script = !('javaScriptEnabled' in settings)

    test('the coordinator has the county shared out, changes a pair by hand and proposes what is chosen', async ({
      someone,
    }) => {
      const { page, t, lang } = await someone(coordinator)
      await computed(page, t, script)
      const before = page.url()

      await test.step('every policy is there, and can be looked at in every way', async () => {
        for (const policy of ['plan_policy_most_help', 'plan_policy_worst_off_first']) {
          await page.getByRole('link', { name: t(policy), exact: true }).click()
          await expect(page.getByRole('heading', { name: t(policy), exact: true })).toBeVisible()
        }
        await page.getByRole('link', { name: t('plan_view_matrix'), exact: true }).click()
        await page
          .getByRole('region', { name: t('plan_matrix') })
          .getByRole('link')
          .first()
          .click()
        await expect(page.getByRole('link', { name: t('plan_rows_all') })).toBeVisible()
        await page.getByRole('link', { name: t('plan_view_coverage'), exact: true }).click()
        const table = page.getByRole('table', { name: t('plan_coverage_label') })
        await expect(table).toBeVisible()
        const [total, ...organisations] = (await table.getByRole('rowheader').allInnerTexts()).toReversed()
        expect(total).toBe(t('plan_matrix_sum'))
        const names = organisations.toReversed()
        expect(names).toEqual(names.toSorted(new Intl.Collator('sv').compare))
        await table.getByRole('link', { name: t('plan_coverage_share') }).click()
        await expect(table.getByRole('columnheader', { name: t('plan_coverage_share') })).toHaveAttribute(
          'aria-sort',
          'ascending',
        )
        await page.getByRole('link', { name: t('plan_view_unmet'), exact: true }).click()
        await expect(page.getByRole('columnheader', { name: t('plan_unmet_next') })).toBeVisible()
        const unmet = page.getByRole('table', { name: t('plan_unmet_label') })
        const hours = unmet.getByRole('row').getByRole('cell').and(unmet.locator('.numeric'))
        const each = (await hours.allInnerTexts()).map((text) => hoursIn(text, lang))
        expect(each.pop()).toBeCloseTo(each.reduce((sum, one) => sum + one, 0))
      })

      await test.step('a pair that is excluded gets nothing, and what that does is shown', async () => {
        const byScore = `${before}?princip=most_help&vy=lista&ordning=score`
        await page.goto(byScore)
        const link = page.getByRole('link', { name: new RegExp(`^${t('plan_row_change')}`) }).first()
        await link.click()
        await page.getByRole('link', { name: t('plan_pair_back') }).click()
        await expect(page).toHaveURL(byScore)
        await link.click()
        await page.getByRole('button', { name: t('plan_pair_exclude') }).click()
        await page.waitForURL(/princip=most_help&vy=lista&jamfor=.+&ordning=score/)
        const effect = page.getByRole('heading', { name: t('plan_effect') })
        if (script) await expect(effect).toBeVisible({ timeout: 60_000 })
        else
          await expect(async () => {
            await page.reload()
            await expect(effect).toBeVisible({ timeout: 100 })
          }).toPass({ timeout: 60_000 })
        await expect(page.getByText(t('plan_decided_exclude'), { exact: true })).toBeVisible()
        await page.getByRole('link', { name: t('plan_undo') }).click()
        await expect(page.getByText(t('plan_decided_exclude'), { exact: true })).toHaveCount(0)
      })

      await test.step('all rows, of every page, are kept as a file for a spreadsheet', async () => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('link', { name: t('log_file') }).click(),
        ])
        const [header = '', ...rows] = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
        expect(header).toContain(`"${t('plan_row_borrower')}";"${t('plan_row_what')}";"${t('plan_row_lender')}"`)
        expect(rows.length).toBeGreaterThan(await rowsOf(page).count())
      })

      await test.step('all rows of the page that can be proposed are chosen at once, or none', async () => {
        const all = page.getByRole('button', { name: t('plan_choose_all') })
        if (!script) return expect(all).toBeHidden()
        const chosen = page.locator('input[name="rows"]:checked')
        await all.click()
        const open = await page.locator('input[name="rows"]:enabled').count()
        await expect(chosen).toHaveCount(open)
        await expect(page.getByText(t('plan_ticked', { form: 'plural=other', count: String(open) }))).toBeInViewport()
        await page.getByRole('button', { name: t('plan_choose_none') }).click()
        await expect(chosen).toHaveCount(0)
        await expect(page.getByRole('link', { name: t('plan_ticked_propose') })).toHaveCount(0)
      })

      await test.step('on a telephone each row is headed by what is chosen', async () => {
        const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 }
        const first = rowsOf(page).first()
        const named = (await first.getByRole('checkbox').getAttribute('aria-label')) ?? ''
        await expect(first.getByText(named, { exact: true }).first()).toBeHidden()
        await page.setViewportSize({ width: 390, height: 844 })
        await expect(first.getByText(named, { exact: true }).first()).toBeVisible()
        await page.setViewportSize({ width, height })
      })

      await test.step('what a proposal lacks is told from the top of the page to its end', async () => {
        const rationale = page.getByLabel(t('plan_propose_rationale'))
        const written = await rationale.inputValue()
        await rationale.fill('')
        await page.getByRole('button', { name: t('plan_propose') }).click()
        await expect(page.getByRole('alert').getByRole('link')).toContainText([
          t('plan_rows_label'),
          t('plan_propose_rationale'),
        ])
        await rationale.fill(written)
      })

      await test.step('a row that is chosen becomes a proposal, and is not proposed twice', async () => {
        const box = openRow(page, municipality).getByRole('checkbox')
        const name = (await box.getAttribute('aria-label')) ?? ''
        const value = (await box.getAttribute('value')) ?? ''
        await box.check()
        await page.getByRole('button', { name: t('plan_propose') }).click()
        const sent = page.getByText(t('plan_proposed_count', { form: 'plural=one' }))
        await expect(sent).toBeInViewport()
        if (script) await expect(page.locator('[tabindex="-1"]:focus > *').filter({ has: sent })).toBeVisible()
        const same = rowsOf(page).filter({ has: page.locator(`input[value="${value}"]`) })
        await expect(async () => {
          if (!script) await page.goto(before)
          await expect(same.getByRole('checkbox', { name })).toBeDisabled({ timeout: 1_000 })
        }).toPass({ timeout: 30_000 })
        await same.getByRole('link', { name: t('plan_standing_proposed') }).click()
        await expect(page).toHaveURL(/samarbeten/)
      })

      await test.step('the list of plans says which policy its figures are of', async () => {
        await page.goto('/samordning/fordelning')
        const policy = t('plan_policy_most_help')
        await expect(page.getByText(t('plans_made_about', { policy }), { exact: true })).toBeVisible()
      })
    })
  })
}

test('the rows of a plan, and why a request got what it got, fit any screen from a tablet to a desk', async ({
  someone,
}) => {
  const { page, t } = await someone(coordinator)
  await computed(page, t, true)
  await page.getByRole('link', { name: t('plan_view_list'), exact: true }).click()
  await expect(rowsOf(page).first()).toBeVisible()
  const paths = [
    page.url(),
    (await page.locator('a[href*="/behov/"][href*="princip="]').first().getAttribute('href')) ?? '',
  ]
  for (const path of paths)
    for (const width of [700, 820, 1024, 1160, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      await expectFits(page, `${path}, ${width} px`)
    }
})

test('a name that another coordinator has given a plan meanwhile is not written over unseen', async ({ someone }) => {
  const { page, t } = await someone(coordinator)
  await computed(page, t, true)
  await test.step('nor where a file was fetched before: the page is still there, and listens', async () => {
    await page.getByRole('link', { name: t('plan_view_list'), exact: true }).click()
    await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: t('log_file') }).click()])
  })
  const [name, save] = [
    page.getByLabel(t('plan_save_name')),
    page.getByRole('button', { name: t('plan_save') }).first(),
  ]
  await name.fill('Vårterminen')
  const quicker = await page.context().newPage()
  await quicker.goto(page.url())
  await quicker.getByLabel(t('plan_save_name')).fill('Läsåret')
  await quicker
    .getByRole('button', { name: t('plan_save') })
    .first()
    .click()
  await expect(quicker.getByText(t('plan_saved'))).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Läsåret')
  await save.click()
  await expect(page.getByRole('alert')).toContainText(t('error_plan_stale'))
  await expect(name).toHaveValue('Vårterminen')
  await save.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Vårterminen')

  await test.step('computed anew it is looked at as it was, beside the one before, of which the market may be another', async () => {
    await page.goto(`${new URL(page.url()).pathname}?princip=most_help&vy=kommuner`)
    await page.getByText(t('plan_again'), { exact: true }).first().click()
    await page.getByRole('button', { name: t('plan_again'), exact: true }).click()
    await page.waitForURL(/princip=most_help&vy=kommuner&jamfor=/)
    const differences = page.getByRole('region', { name: t('plan_differences', { plan: 'Vårterminen' }) })
    await expect(differences).toBeVisible({ timeout: 60_000 })
    await expect(differences.getByRole('columnheader', { name: t('plan_difference_other') }).first()).toBeVisible()
    await expect(page.getByRole('table', { name: t('plan_coverage_label') })).toBeVisible()
  })
})

test('where a lock leaves less than the offer is divided into, another pair of it is not asked how much to lock', async ({
  someone,
}) => {
  const own = { hours: 4, least: 3, title: `Delas inte ${crypto.randomUUID().slice(0, 8)}` }
  const erbjudande = await publishOffer(await someone('handlaggare@fagersta.example'), own)
  const first = await publishRequest(await someone('handlaggare@skinnskatteberg.example'), own)
  const second = await publishRequest(await someone('handlaggare@sala.example'), own)
  const { page, t, lang } = await someone(coordinator)
  await computed(page, t, true)
  const pair = (behov: string) => `${new URL(page.url()).pathname}/par?behov=${behov}&erbjudande=${erbjudande}`
  await page.goto(pair(first))
  const lock = page.getByRole('button', { name: t('plan_pair_lock') })
  await page.getByLabel(t('plan_pair_lock')).and(page.getByRole('textbox')).fill('3')
  await lock.click()
  await expect(page.getByRole('heading', { name: t('plan_effect') })).toBeVisible({ timeout: 60_000 })
  await page.goto(pair(second))
  await expect(page.getByRole('button', { name: t('plan_pair_exclude') })).toBeVisible()
  await expect(lock).toHaveCount(0)
  const few = { most: hoursOf({ lang }, 1), slice: hoursOf({ lang }, 3) }
  await expect(page.getByText(t('plan_pair_lock_too_few', few))).toBeVisible()
})

test.describe('on a page that stands still', () => {
  test.use({ javaScriptEnabled: false })

  test('what nobody covers leads to where its next step is taken', async ({ someone }) => {
    const { page, t } = await someone(coordinator)
    await computed(page, t, false)
    await page.getByRole('link', { name: t('plan_view_unmet'), exact: true }).click()
    const unmet = page.url()
    const lacks = (what: string) => page.getByRole('row').filter({ hasText: what }).first()

    await test.step('what nothing fits in full is told what comes nearest, and what that lacks', async () => {
      const nothing = page.getByRole('row').filter({ hasText: t('plan_reason_no_offer') })
      await nothing
        .filter({ hasText: 'Norberg' })
        .first()
        .getByRole('link', { name: t('plan_row_why') })
        .click()
      await expect(page.getByText(t('plan_why_none'))).toBeVisible()
      const nearest = t('plan_why_nearest', { lender: 'Köping', score: '\\d+', lacks: '.*16' })
      await expect(page.getByText(new RegExp(nearest))).toBeVisible()
      await page.getByRole('link', { name: t('plan_pair_back') }).click()
      await expect(page).toHaveURL(unmet)
    })

    await test.step('others who lack the same are chosen with it, and invited at once', async () => {
      const row = lacks('yrkesvägledare')
      const borrower = await row.getByRole('rowheader').innerText()
      await row.getByRole('link', { name: t('plan_next_pool') }).click()
      await page.getByRole('link', { name: t('plan_pair_back') }).click()
      await expect(page).toHaveURL(unmet)
      await row.getByRole('link', { name: t('plan_next_pool') }).click()
      await expect(page.getByRole('checkbox', { name: borrower })).toBeChecked()
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBeGreaterThan(1)
      await page.getByRole('button', { name: t('pooled_start') }).click()
      await expect(page.getByText(t('pooled_done_start'))).toBeVisible()
      const pooledNeed = new URL(page.url()).pathname
      await page.goto(unmet)
      await row.getByRole('link', { name: t('pooled_see') }).click()
      await expect(page).toHaveURL(pooledNeed)
    })

    await test.step('who offers it can be asked, or who offers what is like it', async () => {
      await page.goto(unmet)
      await lacks('Nämndsekreterare')
        .getByRole('link', { name: t('plan_next_ask_for_capacity') })
        .click()
      const near = page.getByRole('link', { name: t('offers_show_group', { group: '' }).trim() })
      await near.click()
      await expect(page).toHaveURL(/grupp=/)
    })
  })

  test('what one gets of another in two terms is one arrangement, with hours for each', async ({ someone }) => {
    const { page, t } = await someone(coordinator)
    await computed(page, t, false)
    const before = page.url()
    const both = rowsOf(page).filter({ hasText: 'minoritetsspråk' })
    await expect(both).toHaveCount(2)
    for (const row of await both.all()) await row.getByRole('checkbox').check()
    await page.getByRole('button', { name: t('plan_propose') }).click()
    await expect(page.getByText(t('plan_proposed_count', { form: 'plural=one' }))).toBeVisible()
    const proposed = both.getByRole('link', { name: t('plan_standing_proposed') })
    await expect(async () => {
      await page.goto(before)
      await expect(proposed).toHaveCount(2, { timeout: 1_000 })
    }).toPass({ timeout: 30_000 })
    await proposed.first().click()
    const terms = page.getByRole('table', { name: t('arrangement_terms') })
    await expect(terms.getByRole('rowheader').filter({ hasText: 'Hallstahammar' })).toHaveCount(2)
  })

  test('what is gone since the plan was made is not proposed, and is said so', async ({ someone }) => {
    const { page, t } = await someone(coordinator)
    await computed(page, t, false)
    const value = (await openRow(page, 'Sala').getByRole('checkbox').getAttribute('value')) ?? ''
    const send = async (from: Page, rationale: string) => {
      await from.locator(`input[value="${value}"]`).check()
      await from.getByLabel(t('plan_propose_rationale')).fill(rationale)
      await from.getByRole('button', { name: t('plan_propose') }).click()
    }
    // Another coordinator is quicker by a moment: this page still shows the row as open.
    const quicker = await page.context().newPage()
    await quicker.goto(page.url())
    await send(quicker, 'Vi föreslog det först')
    await expect(quicker.getByText(t('plan_proposed_count', { form: 'plural=one' }))).toBeVisible()
    await send(page, 'Vi föreslår det med')
    await expect(page.getByText(t('plan_not_proposed'))).toBeVisible()
  })
})
