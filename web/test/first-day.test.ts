import { expectSoon } from './arrangement-steps.ts'
import { setClock } from './clock.ts'
import { spring } from './market-steps.ts'
import { expect, test } from './support.ts'
import { databases } from './surroundings.ts'
import { arrangementLeft, type Variant, variants } from './variants.ts'

// The clock is everybody's: these run after all others, one at a time.
test.describe.configure({ mode: 'serial' })
test.skip(databases === '', 'The clock is moved in the databases of a system of our own: npm test -- e2e')

test.afterAll(() => setClock(null))

const first: Variant = 'in Swedish'

test('on its first day an approved arrangement is active, and an open page says so', async ({ someone, t }, info) => {
  const reader = await someone('skolchef@norberg.example')
  await reader.page.goto(`/samarbeten/${arrangementLeft(info.project.outputDir, first)}`)
  await expect(reader.page.getByText(t('arrangement_status_approved'), { exact: true }).first()).toBeVisible()
  await setClock(spring.from)
  await expectSoon(reader, (page) => page.getByText(t('arrangement_status_active'), { exact: true }))
})

for (const [variant, use] of Object.entries(variants)) {
  test.describe(variant, () => {
    test.use(use)
    test('the arrangement of the journey is active', async ({ someone }, info) => {
      const lender = await someone('handlaggare@vasteras.example')
      const { page, t } = lender
      await page.goto(`/samarbeten/${arrangementLeft(info.project.outputDir, variant)}`)
      await expectSoon(lender, () => page.getByText(t('arrangement_status_active'), { exact: true }))
      await expect(page.getByText(t('happened_activate'))).toBeVisible()
    })
  })
}
