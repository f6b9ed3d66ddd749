import { type Locator } from '@playwright/test'
import { draftOf, field, spring } from './market-steps.ts'
import { expect, expectAccessible, type Locale, type Someone, test } from './support.ts'
import { saying } from './words.ts'

/** A form that does not fit. Everything is named by the key of its words; `said` by the label or legend it stands beside. */
type Refusal = Readonly<{
  who: string
  open: (someone: Someone) => Promise<unknown>
  typed?: Readonly<Record<string, string>>
  chosen?: string
  send: string
  said: Readonly<Record<string, string | readonly [sentence: string, gaps: Readonly<Record<string, string>>]>>
}>

/** What arrangements of the demo market are about, as each language calls it. */
const about = {
  timetabler: { sv: 'Schemaläggare', en: 'Timetabler' },
  speech: { sv: 'Logoped', en: 'Speech and language therapist' },
  voice: { sv: 'Talpedagog', en: 'Speech educator' },
  forecast: { sv: 'Demograf/elevprognos', en: 'Demographer (pupil forecasts)' },
} as const

/** A page of the arrangement about this, which is in the list of everyone it concerns; `with` a party where there are more. */
function arrangement(subject: keyof typeof about, page = '', { party = '', list = '/samarbeten' } = {}) {
  return async ({ page: at, lang }: Someone) => {
    await at.goto(list)
    const named = at.getByRole('row').filter({ hasText: about[subject][lang] }).filter({ hasText: party })
    const path = await named.locator('a[href*="/samarbeten/"]').first().getAttribute('href')
    await at.goto(`${path}${page}`)
  }
}

function draft(list: '/utbud' | '/behov', step: string) {
  return async (someone: Someone) => someone.page.goto(`${await draftOf(someone, list)}/${step}`)
}

const coordinator = 'samordnare@regionvastmanland.example'
const lender = 'handlaggare@fagersta.example'
const borrower = 'handlaggare@skinnskatteberg.example'

/** The demo market has one arrangement at each of these points, and a refusal leaves it there. */
const refusals: Readonly<Record<string, Refusal>> = {
  'a counter-proposal': {
    who: 'skolchef@vasteras.example',
    open: arrangement('forecast', '/motforslag'),
    typed: { terms_hours: '7,6', terms_to: '2026-01-01', terms_rationale: '', terms_message: 'Vi räcker inte till.' },
    send: 'revise_submit',
    said: {
      terms_hours: 'error_hours_not_quarters',
      terms_to: 'error_period_ends_before_start',
      terms_rationale: 'missing_rationale',
    },
  },
  'a decision': {
    who: 'skolchef@sala.example',
    open: arrangement('voice', '/besluta'),
    chosen: 'decide_no',
    typed: { form_reason_text: 'Vi återkommer i höst.' },
    send: 'decide_submit',
    said: {
      form_reason: 'error_reason_required',
      decide_delegation: 'missing_delegation',
      decide_jav: 'error_arrangement_conflict_of_interest',
    },
  },
  'a decision that says nothing': {
    who: 'skolchef@sala.example',
    open: arrangement('voice', '/besluta'),
    send: 'decide_submit',
    said: {
      decide_question: 'missing_decision',
      decide_delegation: 'missing_delegation',
      decide_jav: 'error_arrangement_conflict_of_interest',
    },
  },
  'a no to a proposal': {
    who: 'skolchef@hallstahammar.example',
    open: arrangement('timetabler', '/avboj'),
    chosen: 'reason_other',
    send: 'decline_submit',
    said: { form_reason_text: 'error_text_required' },
  },
  'a proposal taken back': {
    who: 'handlaggare@surahammar.example',
    open: arrangement('timetabler', '/dra-tillbaka'),
    typed: { form_reason_text: 'Tjänsten är tillsatt.' },
    send: 'move_withdraw',
    said: { withdraw_why: 'error_field_choice' },
  },
  'an arrangement sent back': {
    who: coordinator,
    open: arrangement('speech', '/skicka-tillbaka', { party: 'Surahammar', list: '/samordning' }),
    chosen: 'reason_unclear_terms',
    send: 'move_return',
    said: { return_text: 'error_text_required' },
  },
  'an early end': {
    who: 'skolchef@koping.example',
    open: arrangement('speech', '/avsluta', { party: 'Kungsör' }),
    chosen: 'reason_need_gone',
    typed: { end_last_day: '2099-01-01', form_reason_text: 'Behovet är borta.' },
    send: 'end_title',
    said: { end_last_day: ['error_arrangement_last_day_not_earlier', { latest: '2027-06-10' }] },
  },
  'a diary number': {
    who: 'registrator@koping.example',
    open: arrangement('speech', '', { party: 'Kungsör' }),
    typed: { diary_title: 'KS\u00072027' },
    send: 'diary_save',
    said: { diary_title: 'error_text_unreadable' },
  },
  'a follow-up': {
    who: coordinator,
    open: arrangement('speech', '', { party: 'Surahammar', list: '/samordning' }),
    typed: { follow_up_date: '1899-12-31', follow_up_note: 'Ring båda' },
    send: 'follow_up_save',
    said: { follow_up_date: 'error_date_invalid' },
  },
  'where an offer is': {
    who: lender,
    open: draft('/utbud', 'plats'),
    chosen: 'place_hybrid',
    typed: { field_travel: '-5' },
    send: 'step_continue',
    said: { field_travel: ['error_field_least', { minimum: '0' }] },
  },
  'what an offer costs': {
    who: lender,
    open: draft('/utbud', 'kostnad'),
    chosen: 'cost_actual_hours',
    typed: { field_ore_per_hour: 'dyrt' },
    send: 'step_continue',
    said: { field_ore_per_hour: 'error_field_number' },
  },
  'how an offer is protected': {
    who: lender,
    open: draft('/utbud', 'skydd'),
    typed: { field_notice_weeks: '99' },
    send: 'step_continue',
    said: { field_notice_weeks: ['error_field_most', { maximum: '52' }] },
  },
  'how much is asked for': {
    who: borrower,
    open: draft('/behov', 'omfattning'),
    typed: {
      field_period_from: spring.from,
      field_period_to: spring.to,
      field_hours_per_week: '4',
      field_least: '8',
    },
    send: 'step_continue',
    said: { field_least: 'error_least_more_than_asked' },
  },
  'how much is asked for in all': {
    who: borrower,
    open: draft('/behov', 'omfattning'),
    chosen: 'extent_total',
    typed: {
      field_total_hours: '-4',
      field_period_from: spring.from,
      field_period_to: '2026-01-01',
      field_least: 'lite',
    },
    send: 'step_continue',
    said: {
      field_total_hours: ['error_field_more_than', { minimum: '0' }],
      field_period_to: 'error_period_ends_before_start',
      field_least: 'error_field_number',
    },
  },
  'why it is asked for': {
    who: borrower,
    open: draft('/behov', 'orsak'),
    typed: { field_if_nobody: 'Utredningar väntar.', field_plan_link: 'planen' },
    send: 'step_continue',
    said: { field_cause: 'error_field_choice', field_plan_link: 'error_link_invalid' },
  },
}

/** Whether links lead to their fields from the top of the page to its end. */
function inOrderOfThePage(links: Locator): Promise<boolean> {
  return links.evaluateAll((all) => {
    const fields = all.map((link) => document.querySelector(link.getAttribute('href') ?? ''))
    const found = [...document.querySelectorAll('*')].filter((element) => fields.includes(element))
    return found.length === fields.length && found.every((element, index) => element === fields[index])
  })
}

for (const lang of ['sv', 'en'] satisfies Locale[]) {
  // Both languages and both ways are gone, not every pair of them.
  const javaScriptEnabled = lang === 'sv'
  test.describe(`in ${lang}, ${javaScriptEnabled ? 'with script' : 'without script'}`, () => {
    test.use({ lang, javaScriptEnabled })

    for (const [name, refusal] of Object.entries(refusals)) {
      test(`${name} that does not fit is refused beside its field, and what was typed is kept`, async ({ someone }) => {
        const { who, open, typed = {}, chosen, send, said } = refusal
        const reader = await someone(who)
        const { page, t } = reader
        await open(reader)
        const choice = chosen === undefined ? null : page.getByRole('radio', { name: t(chosen), exact: true })
        await choice?.check()
        for (const [label, text] of Object.entries(typed)) await field(reader, label).fill(text)
        await page
          .getByRole('main')
          .getByRole('button', { name: t(send), exact: true })
          .click()

        const links = page.getByRole('alert').getByRole('link')
        await expect(links).toHaveCount(Object.keys(said).length)
        expect(await inOrderOfThePage(links)).toBe(true)
        for (const [label, sentence] of Object.entries(said)) {
          const [key, gaps] = typeof sentence === 'string' ? [sentence, {}] : sentence
          const control = field(reader, label)
            .or(page.getByRole('group', { name: t(label) }))
            .or(page.getByRole('checkbox', { name: t(label), exact: true }))
          await expect(control).toHaveAccessibleDescription(saying(t(key, gaps).replace(/[\s.]+$/, '')))
          // It is called the same at the top of the page, unless the sentence there needs no name.
          const called = key.startsWith('missing_') ? t(key) : t(label)
          await expect(links.filter({ hasText: saying(called) })).not.toHaveCount(0)
        }
        if (choice) await expect(choice).toBeChecked()
        for (const [label, text] of Object.entries(typed)) await expect(field(reader, label)).toHaveValue(text)
        if (javaScriptEnabled) await expectAccessible(page)
      })
    }
  })
}
