import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const soft = expect.configure({ soft: true })
/** Half as long as what the package exports, and every page is sent it anew. */
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * Axe finds nothing at all on the page as it stands: no rule of those asked for is left out. What it finds must still be there at the next look: on a
 * busy machine a colour scheme reaches some elements a frame later than others.
 */
async function expectNothingFound(page: Page, about: string, rules: Rules): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await bringAxe(page)
  await soft.poll(() => violationsOn(page, rules), { message: about, timeout: 20_000 }).toEqual([])
}

/** As a script, which the browser compiles once for all pages of a window; as text that a script evaluates it does so on each. */
async function bringAxe(page: Page): Promise<void> {
  const window = await page.context().newCDPSession(page)
  await window.send('Runtime.evaluate', { expression: axe })
  await window.detach()
}

/** All that axe knows, or what it knows of colours: nothing else of a page is different in its other scheme. */
type Rules = 'all' | 'colours'

const options: Readonly<Record<Rules, RunOptions>> = {
  // What is loaded beforehand is sound and film that start by themselves: no page has any.
  all: { resultTypes: ['violations'], preload: false },
  colours: { resultTypes: ['violations'], runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } },
}

async function violationsOn(page: Page, rules: Rules): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options[rules])})`)
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`)
}

/** Nothing reaches outside a narrow screen (WCAG 1.4.10): what is there can be read without scrolling sideways. */
export async function expectFits(page: Page, about: string): Promise<void> {
  const outside = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const reaches = (element: Element) => element.getBoundingClientRect().right > clientWidth
    return [...document.querySelectorAll('main *')]
      .filter((element) => reaches(element) && ![...element.children].some(reaches))
      .map(({ outerHTML }) => outerHTML.slice(0, 200))
  })
  soft(outside, `${about} is wider than its screen`).toEqual([])
}

/**
 * The page as it stands: axe finds nothing, and nothing sticks out. `widths` in pixels; narrow it is looked at in both colour
 * schemes unless told, wide in one.
 */
export async function expectAccessible(
  page: Page,
  {
    about = page.url(),
    widths = [320],
    schemes = 2,
  }: { about?: string; widths?: readonly number[]; schemes?: 1 | 2 } = {},
): Promise<void> {
  // A page behind another is drawn seldom.
  await page.bringToFront()
  // Colours that are still changing are nobody's colours.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const isSwedish = (await page.locator('html').getAttribute('lang')) === 'sv'
  // Where one scheme will do, it is light in one language and dark in the other.
  const [first, second] = isSwedish ? (['light', 'dark'] as const) : (['dark', 'light'] as const)
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of width === 320 && schemes === 2 ? [first, second] : [first]) {
      await page.emulateMedia({ colorScheme })
      await drawn(page)
      await expectFits(page, `${about}, ${width} px`)
      await expectNothingFound(page, `${about}, ${colorScheme}, ${width} px`, colorScheme === first ? 'all' : 'colours')
    }
  }
}

/** Even a transition that takes no time shows its first colours until the next frame, and a busy machine draws few. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    // One that is cut short by another is over as well.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
  })
}
