import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { findBrowser } from '../../infra/testing/browser.ts'
import type { Row } from './report.ts'

type Seen = { lcp: number; cls: number }

/** Script and style (gzip) of a page in a fresh browser, and when it has painted and whether it jumped. */
export async function benchPages(
  base: string,
  password: string,
  pages: Readonly<Record<string, { email: string; path: string }>>,
): Promise<Row[]> {
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  })
  const rows: Row[] = []
  for (const [what, { email, path }] of Object.entries(pages)) {
    const context = await browser.newContext()
    const first = await context.newPage()
    await first.goto(`${base}/logga-in`)
    await first.locator('input[name=email]').fill(email)
    await first.locator('input[name=password]').fill(password)
    await first.locator('main form button').click()
    await first.waitForURL(`${base}/`)
    await first.close()
    const page = await context.newPage()
    const sizes = { script: 0, style: 0 }
    page.on('response', (response) => {
      const kind = response.request().resourceType()
      if (kind !== 'script' && kind !== 'stylesheet') return
      void response.body().then(
        (body) => (sizes[kind === 'script' ? 'script' : 'style'] += gzipSync(body).length),
        () => {},
      )
    })
    await page.addInitScript(() => {
      const seen: Seen = { lcp: 0, cls: 0 }
      Object.assign(window, { seen })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.lcp = entry.startTime
      }).observe({ type: 'largest-contentful-paint', buffered: true })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          seen.cls += 'value' in entry && typeof entry.value === 'number' ? entry.value : 0
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(base + path)
    await page.waitForFunction(() => 'seen' in window && (window.seen as Seen).lcp > 0)
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
    const { lcp, cls } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
    rows.push({
      what: `page: ${what}`,
      p50: lcp,
      goal: '< 100 kB script, LCP < 1 s, CLS 0',
      beside: `script ${(sizes.script / 1_000).toFixed(1)} kB, style ${(sizes.style / 1_000).toFixed(1)} kB gzip; CLS ${cls.toFixed(3)}; LCP in p50`,
    })
    await context.close()
  }
  await browser.close()
  return rows
}
