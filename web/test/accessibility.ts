import { expect, type Page } from '@playwright/test'
import axe, { type AxeResults } from 'axe-core'

const soft = expect.configure({ soft: true })

/**
 * Axe finds nothing at all on the page as it stands: no rule is left out. What it finds must still be there at the next look: on a
 * busy machine a colour scheme reaches some elements a frame later than others.
 */
export async function expectAccessible(page: Page, about = page.url()): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  await soft.poll(() => violationsOn(page), { message: about, timeout: 5_000 }).toEqual([])
}

async function violationsOn(page: Page): Promise<string[]> {
  const { violations } = await page.evaluate<AxeResults>('axe.run({ resultTypes: ["violations"] })')
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`)
}

/** Nothing reaches outside a narrow screen (WCAG 1.4.10): what is there can be read without scrolling sideways. */
async function expectFits(page: Page, about: string): Promise<void> {
  const outside = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    const reaches = (element: Element) => element.getBoundingClientRect().right > clientWidth
    return [...document.querySelectorAll('main *')]
      .filter((element) => reaches(element) && ![...element.children].some(reaches))
      .map(({ outerHTML }) => outerHTML.slice(0, 200))
  })
  expect.soft(outside, `${about} is wider than its screen`).toEqual([])
}

/**
 * The page at an address, or the one that is open: light and dark, wide and 320 px, axe finds nothing, and nothing sticks
 * out.
 */
export async function expectEveryLookAccessible(page: Page, path?: string): Promise<void> {
  if (path !== undefined) await page.goto(path)
  const about = page.url()
  // Colours that are still changing are nobody's colours.
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    await expectFits(page, `${about}, ${width} px`)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await drawn(page)
      await expectAccessible(page, `${about}, ${colorScheme}, ${width} px`)
    }
  }
}

/** Even a transition that takes no time shows its first colours until the next frame, and a busy machine draws few. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
    await Promise.all(document.getAnimations().map(({ finished }) => finished))
  })
}
