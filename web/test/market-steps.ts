import { expect, type Page } from '@playwright/test'
import type { Someone } from './hands.ts'
import { saying } from './words.ts'

/** The spring term of 2027, first and last day. */
export const spring = { from: '2027-01-11', to: '2027-06-11' } as const

/** What the journey offers and asks for. */
const competence = { sv: 'Skolpsykolog', en: 'School psychologist' } as const

type Extent = Readonly<{ hours: number; least: number; title: string }>

/** Publishes an offer of a school psychologist in the spring term, page by page; returns its id. */
export async function publishOffer(someone: Someone, extent: Extent): Promise<string> {
  await prepareOffer(someone, extent)
  return publishPrepared(someone)
}

/** Writes such an offer, up to the page where all answers are checked. */
export async function prepareOffer(someone: Someone, { hours, least, title }: Extent): Promise<void> {
  const { page, t, hand } = someone
  await page.goto('/utbud/mina')
  await hand.press(
    page
      .getByRole('main')
      .getByRole('link', { name: t('offer_new') })
      .first(),
  )
  await expectStep(someone, 'offer_step_what')
  await hand.choose(page.getByRole('radio', { name: t('kind_competence'), exact: true }))
  await chooseCompetence(someone, 'field_main_competence')
  await hand.choose(page.getByRole('radio', { name: t('licence_claimed'), exact: true }))
  await goOn(someone, 'offer_step_extent')
  await writeExtent(someone, hours)
  await hand.write(field(someone, 'field_slice'), String(least))
  await goOn(someone, 'offer_step_place')
  await hand.choose(page.getByRole('radio', { name: t('place_hybrid'), exact: true }))
  await hand.write(field(someone, 'field_travel'), '60')
  await goOn(someone, 'offer_step_cost')
  await hand.choose(page.getByRole('radio', { name: t('cost_actual_hours'), exact: true }))
  await hand.write(field(someone, 'field_ore_per_hour'), '690')
  await goOn(someone, 'offer_step_protection')
  await goOn(someone, 'offer_step_words')
  await hand.write(field(someone, 'field_title'), title)
  await goOn(someone, 'check_title')
}

/** A draft that says what it is about and no more; returns its address. */
export async function draftOf({ page, t, lang, script }: Someone, list: '/utbud' | '/behov'): Promise<string> {
  await page.goto(`${list}/nytt`)
  const isOffer = list === '/utbud'
  for (const choice of isOffer ? ['kind_competence', 'licence_claimed'] : [])
    await page.getByRole('radio', { name: t(choice), exact: true }).check()
  const group = page.getByRole('group', { name: t(isOffer ? 'field_main_competence' : 'field_required_competences') })
  // Its whole name is as good as choosing it.
  await (script ? group.getByRole('combobox') : group.getByRole('textbox')).fill(
    lang === 'sv' ? 'Logoped' : 'Speech and language therapist',
  )
  await page.getByRole('button', { name: t('step_continue'), exact: true }).click()
  await page.waitForURL(/\/nytt\/[0-9a-f-]{36}\/omfattning/)
  return new URL(page.url()).pathname.replace(/\/omfattning$/, '')
}

/** Publishes the offer whose answers are being checked; returns its id. */
export async function publishPrepared({ page, t, hand }: Someone): Promise<string> {
  await hand.press(page.getByRole('button', { name: t('offer_publish') }))
  await expect(page.getByRole('heading', { level: 1, name: t('offer_published_title') })).toBeVisible()
  return lastId(page, 2)
}

/**
 * Asks for a school psychologist on site in the spring term, in the own municipality or in another, since a post is vacant;
 * returns the request's id.
 */
export async function publishRequest(
  someone: Someone,
  { hours, least, title, municipality }: Extent & Readonly<{ municipality?: string }>,
): Promise<string> {
  const { page, t, hand } = someone
  await page.goto('/behov/mina')
  await hand.press(
    page
      .getByRole('main')
      .getByRole('link', { name: t('request_new') })
      .first(),
  )
  await expectStep(someone, 'request_step_what')
  await chooseCompetence(someone, 'field_required_competences')
  await goOn(someone, 'request_step_extent')
  await writeExtent(someone, hours)
  await hand.write(field(someone, 'field_least'), String(least))
  await goOn(someone, 'request_step_place')
  await hand.choose(page.getByRole('radio', { name: t('place_on_site'), exact: true }))
  if (municipality) await field(someone, 'field_place_municipality_request').selectOption({ label: municipality })
  await goOn(someone, 'request_step_cause')
  await hand.choose(page.getByRole('radio', { name: t('cause_vacancy'), exact: true }))
  await goOn(someone, 'request_step_words')
  await hand.write(field(someone, 'field_title'), title)
  await goOn(someone, 'check_title')
  await expect(page.getByText(t('step_of', { number: 6, count: 6 }))).toBeVisible()
  await hand.press(page.getByRole('button', { name: t('request_publish') }))
  await expect(page.getByRole('heading', { level: 1, name: t('request_published_title') })).toBeVisible()
  return lastId(page, 2)
}

/** Hours per week, as the pages write them. */
export function hoursOf({ lang }: Pick<Someone, 'lang'>, hours: number): string {
  return `${hours}\u00a0${lang === 'sv' ? 'tim/v' : 'h/week'}`
}

/** A field by the words beside it, also where those end with a note that it may be left out. */
export function field({ page, t }: Pick<Someone, 'page' | 't'>, label: string) {
  const named = page.getByRole('main').getByLabel(new RegExp(`^${saying(t(label)).source}(\\s\\(|$)`))
  return named.and(page.locator('input:not([type=radio], [type=checkbox]), select, textarea'))
}

/** Finds the competence by its name; without script by searching for it and choosing among the hits. */
async function chooseCompetence({ page, t, lang, hand, script }: Someone, legend: string): Promise<void> {
  const name = competence[lang]
  const group = page.getByRole('group', { name: t(legend) })
  if (script) {
    await hand.write(group.getByRole('combobox'), name.toLowerCase())
    await hand.take(group.getByRole('option', { name: new RegExp(`^${name}\\b`) }).first())
  } else {
    await hand.write(group.getByRole('textbox'), name.toLowerCase())
    await hand.press(group.getByRole('button', { name: t('competence_find') }))
    const role = legend === 'field_main_competence' ? 'radio' : 'checkbox'
    await hand.choose(group.getByRole(role, { name, exact: true }))
  }
}

async function writeExtent(someone: Someone, hours: number): Promise<void> {
  await someone.hand.write(field(someone, 'field_period_from'), spring.from)
  await someone.hand.write(field(someone, 'field_period_to'), spring.to)
  await someone.hand.write(field(someone, 'field_hours_per_week'), String(hours))
}

async function goOn(someone: Someone, next: string): Promise<void> {
  await someone.hand.press(someone.page.getByRole('button', { name: someone.t('step_continue'), exact: true }))
  await expectStep(someone, next)
}

async function expectStep({ page, t }: Someone, title: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: t(title) })).toBeVisible()
}

/** The id in the address of the page, counted in parts from its start. */
function lastId(page: Page, part: number): string {
  return new URL(page.url()).pathname.split('/')[part] ?? ''
}
