import { randomUUID } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import { expect, type Page, test as base, type Words } from './support.ts'

/** As other tests, and with `stranger`: the window of somebody who has not been here before. */
export const test = base.extend<{ stranger: () => Promise<Page> }>({
  stranger: async ({ browser, watch }, use) => {
    const contexts: BrowserContext[] = []
    await use(async () => {
      const context = await browser.newContext()
      contexts.push(context)
      await watch(context)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

/** Somebody nobody else in these tests knows: each run of a test has people of its own. */
export type Newcomer = Readonly<{ email: string; title: string; password: string }>

export function aNewcomer(title: string): Newcomer {
  const mark = randomUUID().slice(0, 8)
  return { email: `${mark}@inbjuden.example`, title: `${title} ${mark}`, password: `en egen fras om ${mark}` }
}

/** The administrator on this page invites; returns the link that is shown, as a path on this site. */
export async function invite(
  page: Page,
  t: Words,
  { email, title }: Pick<Newcomer, 'email' | 'title'>,
  roles: readonly string[] = ['role_officer'],
): Promise<string> {
  await page.goto('/organisation/bjud-in')
  await page.getByLabel(t('person_email')).fill(email)
  await page.getByLabel(t('person_title')).fill(title)
  for (const role of roles) await page.getByRole('checkbox', { name: t(role), exact: true }).check()
  await page.getByRole('button', { name: t('invite_send') }).click()
  await expect(page.getByText(t('invite_done_title'))).toBeVisible()
  const link = await page.getByLabel(t('invite_link')).inputValue()
  return new URL(link).pathname
}

/** Joins by the link as somebody who is new here, and is signed in. */
export async function join(page: Page, t: Words, link: string, { password }: Newcomer): Promise<void> {
  await page.goto(link)
  await page.getByLabel(t('invitation_password'), { exact: true }).fill(password)
  await page.getByLabel(t('invitation_password_again')).fill(password)
  await page.getByRole('button', { name: t('invitation_accept') }).click()
  await page.waitForURL((url) => url.pathname === '/')
}

/** Signs in with a password of one's own. */
export async function signInAs(
  page: Page,
  t: Words,
  { email, password }: Pick<Newcomer, 'email' | 'password'>,
): Promise<void> {
  await page.goto('/logga-in')
  await page.getByLabel(t('sign_in_email')).fill(email)
  await page.getByLabel(t('sign_in_password')).fill(password)
  await page.getByRole('button', { name: t('sign_in') }).click()
}

/** Goes to a page and waits until its script has come: a page that listens has it. */
export async function gotoWithScript(page: Page, path: string): Promise<void> {
  const listening = page.waitForRequest('**/live')
  await page.goto(path)
  await listening
}
