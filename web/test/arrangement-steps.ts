import { expect, type Locator, type Page } from '@playwright/test'
import type { Someone } from './hands.ts'

/**
 * Waits until something shows that others have made so. Where script runs the page is left alone; without it the page is
 * loaded again, as someone does who waits.
 */
export async function expectSoon({ page, script }: Someone, seen: (page: Page) => Locator): Promise<void> {
  if (script) return expect(seen(page).first()).toBeVisible({ timeout: 20_000 })
  await expect(async () => {
    await page.reload()
    await expect(seen(page).first()).toBeVisible({ timeout: 100 })
  }).toPass({ timeout: 20_000 })
}

/** One match on the page of a request, by its offer; in one group of matches when that is named. */
export function matchCard(page: Page, offerId: string, group?: string): Locator {
  const cards = (group === undefined ? page : page.getByRole('region', { name: group })).getByRole('article')
  return cards.filter({ has: page.locator(`a[href^="/utbud/${offerId}"]`) })
}

/** A match says why, with hits and misses; further down a list one asks it to. */
export async function expectReasons({ page, t, hand }: Someone, offerId: string, outcomes: readonly string[]) {
  const card = matchCard(page, offerId)
  const reasons = card.getByRole('listitem')
  // The best card unfolds by itself, and another may become the best while one looks.
  await expect(async () => {
    if (!(await reasons.first().isVisible())) await hand.press(card.getByText(t('match_why')))
    await expect(reasons.first()).toBeVisible({ timeout: 1_000 })
  }).toPass()
  for (const outcome of outcomes) await expect(reasons.filter({ hasText: t(outcome) }).first()).toBeVisible()
}

/** Goes from a match to its proposal, with the hours that the match suggests. */
export async function openProposal({ page, t, hand }: Someone, offerId: string, hours: number): Promise<void> {
  await hand.press(matchCard(page, offerId).getByRole('link', { name: t('match_propose') }))
  await expect(page.getByRole('heading', { level: 1, name: t('proposal_title') })).toBeVisible()
  await expect(page.getByLabel(t('terms_hours'))).toHaveValue(String(hours))
}

/** Sends the proposal; returns the arrangement's id. */
export async function propose({ page, t, hand }: Someone, rationale: string): Promise<string> {
  await hand.write(page.getByLabel(t('terms_rationale')), rationale)
  await hand.press(page.getByRole('button', { name: t('proposal_submit') }))
  await expect(page.getByText(t('done_arrangement_proposed'))).toBeVisible()
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

/** Goes to what waits for one, and opens the arrangement from there. */
export async function openTask(someone: Someone, arrangementId: string, action: string): Promise<void> {
  const { page, t, hand } = someone
  const task = (page: Page) =>
    page
      .getByRole('list', { name: t('tasks_waiting_label') })
      .getByRole('listitem')
      .filter({ has: page.locator(`a[href*="${arrangementId}"]`) })
  await page.goto('/')
  await expectSoon(someone, task)
  await hand.press(task(page).getByRole('link', { name: t(action) }))
  await expect(page).toHaveURL(new RegExp(arrangementId))
}

/** Answers a proposal with other hours. */
export async function counter({ page, t, hand }: Someone, hours: number): Promise<void> {
  await hand.press(page.getByRole('link', { name: t('move_revise') }))
  await hand.write(page.getByRole('textbox', { name: t('terms_hours') }), String(hours))
  await hand.press(page.getByRole('button', { name: t('revise_submit') }))
  await expect(page.getByText(t('done_arrangement_revise'))).toBeVisible()
}

export async function accept({ page, t, hand }: Someone): Promise<void> {
  await hand.press(page.getByRole('button', { name: t('move_accept') }))
  await expect(page.getByText(t('done_arrangement_accept'))).toBeVisible()
}

/** Decides yes for the own authority, by delegation and without jäv. */
export async function decideYes({ page, t, hand }: Someone): Promise<void> {
  await hand.choose(page.getByRole('radio', { name: t('decide_yes') }))
  await hand.write(page.getByLabel(t('decide_delegation')), 'Delegationsordning 4.2')
  await hand.choose(page.getByRole('checkbox', { name: t('decide_jav') }))
  await hand.press(page.getByRole('button', { name: t('decide_submit') }))
  await expect(page.getByText(t('done_arrangement_decide'))).toBeVisible()
}

/** Opens an arrangement from the coordinator's worklist. */
export async function openFromWorklist(someone: Someone, arrangementId: string): Promise<void> {
  const { page, t, hand } = someone
  await page.goto('/samordning')
  const inList = (page: Page) => page.getByRole('table').locator(`a[href$="/samarbeten/${arrangementId}"]`)
  await expectSoon(someone, inList)
  await hand.press(inList(page))
  await expect(page.getByRole('button', { name: t('move_approve') })).toBeVisible()
}

export async function approve({ page, t, hand }: Someone): Promise<void> {
  await hand.press(page.getByRole('button', { name: t('move_approve') }))
  await expect(page.getByText(t('done_arrangement_approve'))).toBeVisible()
}
