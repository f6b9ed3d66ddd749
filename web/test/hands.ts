import { expect, type Locator, type Page } from '@playwright/test'
import type { Locale, Words } from './words.ts'

/** Someone at a page: in which language, how they use it, and whether script runs there. */
export type Someone = Readonly<{ page: Page; t: Words; lang: Locale; hand: Hand; script: boolean }>

/** How someone uses a page: with a pointer, or with the keyboard alone. Controls are found by role and label. */
export type Hand = Readonly<{
  /** Follows a link, presses a button, opens what is folded. */
  press(control: Locator): Promise<void>
  /** Writes in a field instead of what it holds. A date is `YYYY-MM-DD`. */
  write(field: Locator, text: string): Promise<void>
  /** Chooses a radio button, ticks a checkbox. */
  choose(choice: Locator): Promise<void>
  /** Takes a suggestion of the field that was just written in. */
  take(suggestion: Locator): Promise<void>
}>

const pointer: Hand = {
  press: (control) => control.click(),
  write: (field, text) => field.fill(text),
  choose: (choice) => choice.check(),
  take: (suggestion) => suggestion.click(),
}

const keyboard: Hand = {
  async press(control) {
    await reach(control)
    await control.page().keyboard.press('Enter')
  },
  async write(field, text) {
    await reach(field)
    const { keyboard } = field.page()
    if ((await field.getAttribute('type')) === 'date') await typeDate(field, text)
    else {
      await keyboard.press('Control+a')
      await keyboard.type(text)
    }
    await expect(field).toHaveValue(text)
  },
  async choose(choice) {
    const { keyboard } = choice.page()
    if ((await choice.getAttribute('type')) === 'checkbox') {
      await reach(choice)
      if (!(await choice.isChecked())) await keyboard.press('Space')
    } else {
      const group = choice
        .page()
        .locator(`input[type=radio][name=${JSON.stringify(await choice.getAttribute('name'))}]`)
      await reach(group)
      const count = await group.count()
      // Space chooses the one that has focus; the arrows go on from there.
      if (!(await isFocused(choice))) await arrow(choice, count)
      if (!(await choice.isChecked())) await keyboard.press('Space')
    }
    await expect(choice).toBeChecked()
  },
  async take(suggestion) {
    const { keyboard } = suggestion.page()
    await expect(suggestion).toBeVisible()
    const chosen = async () => (await suggestion.getAttribute('aria-selected')) === 'true'
    for (let tries = 0; tries < 12 && !(await chosen()); tries++) await keyboard.press('ArrowDown')
    await expect(suggestion).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('Enter')
  },
}

export const hands = { pointer, keyboard } as const

const mostTabs = 250

/** Tabs on until one of the controls has focus, as someone does who sees where it is. */
async function reach(controls: Locator): Promise<void> {
  await expect(controls.first()).toBeVisible()
  const page = controls.page()
  for (let tabs = 0; !(await isFocused(controls)); tabs++) {
    if (tabs === mostTabs) throw new Error(`${controls} is not reached by tabbing`)
    await page.keyboard.press('Tab')
  }
  await expectFocusVisible(page)
}

/** A date is typed in the order the browser shows it: its own language decides, not the page's. */
async function typeDate(field: Locator, date: string): Promise<void> {
  const { keyboard } = field.page()
  const [year = '', month = '', day = ''] = date.split('-')
  for (const typed of [year + month + day, month + day + year, day + month + year]) {
    for (const _part of [year, month, day]) await keyboard.press('ArrowLeft')
    await keyboard.type(typed)
    if ((await field.inputValue()) === date) return
  }
}

async function arrow(choice: Locator, count: number): Promise<void> {
  for (let presses = 0; presses < count && !(await isFocused(choice)); presses++) {
    await choice.page().keyboard.press('ArrowDown')
  }
}

function isFocused(controls: Locator): Promise<boolean> {
  return controls.evaluateAll((elements) => elements.includes(document.activeElement as HTMLElement))
}

/** What has focus is on the screen, uncovered, and marked so that it is seen (WCAG 2.4.7, 2.4.11). */
async function expectFocusVisible(page: Page): Promise<void> {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement
    if (!focused) return 'nothing has focus'
    const { outlineStyle, outlineWidth } = getComputedStyle(focused)
    if (!focused.matches(':focus-visible') || outlineStyle === 'none' || parseFloat(outlineWidth) < 2) {
      return `focus does not show: ${focused.outerHTML}`
    }
    const { left, top, width, height } = focused.getBoundingClientRect()
    const above = document.elementFromPoint(left + width / 2, top + height / 2)
    const onTop = above && (focused.contains(above) || above.contains(focused))
    return onTop ? 'seen' : `something covers what has focus: ${focused.outerHTML}`
  })
  expect(seen).toBe('seen')
}
