import { movePages } from '../src/lib/arrangements/move-pages.ts'
import type { Someone } from './hands.ts'
import { field } from './market-steps.ts'
import { expect } from './support.ts'
import type { Ways } from './ways.ts'

/** One look at a page: who looks, where it is, and what state it is in. */
export type Visit = Readonly<{
  /** Which of the pages it is, where one file makes several. */
  part?: string
  /** A state that is looked at besides the usual one, in one language each: they take turns. */
  state?: string
  /** Whose account; somebody who is not signed in unless told. */
  as?: string
  at: string | ((ways: Ways) => Promise<string>)
  /** The status of the answer; 200 unless told. */
  status?: number
  /** What is done there before one looks. */
  first?: (someone: Someone) => Promise<void>
}>

// What the other tests write is not theirs: their part of the demo market stands still while one looks.
const officer = 'handlaggare@sala.example'
const head = 'skolchef@sala.example'
const registrar = 'registrator@sala.example'
const administrator = 'administrator@sala.example'
const regionsAdministrator = 'administrator@regionvastmanland.example'
const borrower = 'handlaggare@surahammar.example'
const coordinator = 'samordnare@regionvastmanland.example'
/** Has no offers, requests or arrangements. */
const onlooker = 'processtod@skr.example'

const one = '[0-9a-f-]{36}'
const anOffer = (ways: Ways) => ways.link(officer, '/utbud/mina', new RegExp(`^/utbud/${one}$`), 'Talpedagog')
const aRequest = (ways: Ways) => ways.link(borrower, '/behov/mina', new RegExp(`^/behov/${one}$`), 'Talpedagog')
const offerDraft = (ways: Ways) => ways.copy(officer, anOffer(ways))
const requestDraft = (ways: Ways) => ways.copy(borrower, aRequest(ways))
const halfOffer = (ways: Ways) => ways.copyWithout(officer, anOffer(ways), 'omfattning')
const halfRequest = (ways: Ways) => ways.copyWithout(borrower, aRequest(ways), 'omfattning')
const below = (path: (ways: Ways) => Promise<string>, rest: string) => async (ways: Ways) =>
  `${await path(ways)}/${rest}`

/** What a request of the demo market is pooled in. */
const pooledNeed = async (ways: Ways) => {
  const request = await ways.link(borrower, '/behov/mina', new RegExp(`^/behov/${one}$`), 'Skolsköterska')
  return ways.link(borrower, request, new RegExp(`^/behov/samlade/${one}$`))
}

/** An arrangement of the demo market that stands so, as the account finds it. */
const arrangement = (account: string, status: string) => (ways: Ways) =>
  ways.link(account, `/samarbeten?lage=${status}`, new RegExp(`^/samarbeten/${one}$`))

/** A proposal whose both sides are known, from a match on a request of the demo market. */
const proposal = async (ways: Ways) =>
  ways.link(borrower, await aRequest(ways), /^\/samarbeten\/nytt\?erbjudande=.+&behov=/)

const plan = (ways: Ways) => ways.plan(coordinator)
const withView = (view: string) => async (ways: Ways) => `${await plan(ways)}?vy=${view}`

/** The first page below a plan that begins so. */
const ofPlan = (below: string) => async (ways: Ways) => {
  const page = await plan(ways)
  return ways.link(coordinator, page, new RegExp(`^${page}/${below}`))
}

/** What a plan leaves unmet of a request that no other test pools. */
const planPool = async (ways: Ways) => {
  const request = await ways.link(
    'handlaggare@norberg.example',
    '/behov/mina',
    new RegExp(`^/behov/${one}$`),
    'Specialpedagog',
  )
  return `${await plan(ways)}/samla/${request.slice('/behov/'.length)}`
}

/** Sends the form as it stands, which is refused. */
const refused =
  (button: string) =>
  async ({ page, t }: Someone) => {
    await page
      .getByRole('main')
      .getByRole('button', { name: t(button), exact: true })
      .click()
    await expect(page.getByRole('alert')).toBeVisible()
  }

/** Writes hours that are none, and sends the form. */
const refusedHours = (button: string) => async (someone: Someone) => {
  await field(someone, 'field_hours_per_week').first().fill('många')
  await refused(button)(someone)
}

async function refusedRevision(someone: Someone): Promise<void> {
  await someone.page.getByRole('textbox', { name: someone.t('terms_hours') }).fill('många')
  await refused('revise_submit')(someone)
}

async function refusedPool(someone: Someone): Promise<void> {
  for (const box of await someone.page.getByRole('checkbox').all()) await box.uncheck()
  await refused('pooled_start')(someone)
}

async function refusedLock(someone: Someone): Promise<void> {
  await someone.page.getByRole('textbox', { name: someone.t('plan_pair_lock') }).fill('400')
  await refused('plan_pair_lock')(someone)
}

const offerSteps = ['kompetens', 'omfattning', 'plats', 'kostnad', 'skydd', 'beskrivning']
const requestSteps = ['kompetens', 'omfattning', 'plats', 'orsak', 'beskrivning']
/** What is published is changed with the very fields it was made with: those of two steps are looked at again. */
const changed = ['kompetens', 'omfattning']

/** Who makes each move in the demo market, whose list the arrangement is found in, and where it stands then. */
const moves: Readonly<Record<keyof typeof movePages, { as: string; of?: string; status: string; submit: string }>> = {
  revise: { as: 'handlaggare@hallstahammar.example', status: 'proposed', submit: 'revise_submit' },
  decline: { as: 'handlaggare@hallstahammar.example', status: 'proposed', submit: 'decline_submit' },
  withdraw: { as: 'handlaggare@surahammar.example', status: 'proposed', submit: 'move_withdraw' },
  decide: { as: head, status: 'lender_decision', submit: 'decide_submit' },
  return: { as: coordinator, of: 'skolchef@surahammar.example', status: 'coordinator_approval', submit: 'move_return' },
  end: { as: head, status: 'approved', submit: 'end_title' },
}

/** Every page, by its folder in `src/routes`, with how one gets there and the states it is looked at in. */
export const pages: Readonly<Record<string, readonly Visit[]>> = {
  '/+error': [
    { at: '/finns-inte', status: 404 },
    { state: 'of an address that ends in no id', as: officer, at: '/behov/2027', status: 404 },
    { state: 'not for oneself', as: officer, at: '/samordning', status: 403 },
  ],
  '/': [
    { as: head, at: '/' },
    { state: 'with nothing to do', as: onlooker, at: '/' },
    { state: 'for the coordinator', as: coordinator, at: '/' },
    { state: 'for who only lets others in', as: administrator, at: '/' },
  ],
  // Led to only while identity is away: it is the error page then.
  '/(open)/borta': [],
  '/(open)/inbjudan/[secret]': [
    { at: (ways) => ways.invitation(administrator) },
    { state: 'refused', at: (ways) => ways.invitation(administrator), first: refused('invitation_accept') },
    { state: 'to a new password', at: (ways) => ways.newPassword(administrator) },
  ],
  '/(open)/inbjudan/[secret]/+error': [{ at: '/inbjudan/finns-inte', status: 404 }],
  '/(open)/logga-in': [
    { at: '/logga-in' },
    { state: 'after signing out', at: '/logga-in?ut=1' },
    { state: 'refused', at: '/logga-in', first: refused('sign_in') },
  ],
  '/(open)/sa-raknas-matchningen': [{ at: '/sa-raknas-matchningen' }],
  '/(open)/tillganglighet': [{ at: '/tillganglighet' }],
  '/behov': [
    { as: borrower, at: '/behov' },
    { state: 'with nothing found', as: borrower, at: '/behov?q=finnsinteisverige' },
  ],
  '/behov/[id]': [
    { as: borrower, at: aRequest },
    { part: 'for others', as: officer, at: aRequest },
    {
      state: 'that several offers cover together',
      as: 'handlaggare@hallstahammar.example',
      at: (ways) =>
        ways.link('handlaggare@hallstahammar.example', '/behov/mina', new RegExp(`^/behov/${one}$`), 'Specialpedagog'),
    },
    {
      state: 'that can be pooled',
      as: 'handlaggare@norberg.example',
      at: (ways) =>
        ways.link('handlaggare@norberg.example', '/behov/mina', new RegExp(`^/behov/${one}$`), 'Skolbibliotekarie'),
    },
  ],
  '/behov/[id]/andra/[step]': [
    ...changed.map((step) => ({ part: step, as: borrower, at: below(aRequest, `andra/${step}`) })),
    { state: 'refused', as: borrower, at: below(aRequest, 'andra/omfattning'), first: refusedHours('step_save') },
  ],
  '/behov/[id]/publicerat': [{ as: borrower, at: below(aRequest, 'publicerat') }],
  '/behov/samlade': [
    { as: borrower, at: '/behov/samlade' },
    { state: 'of the whole country', as: 'processtod@skr.example', at: '/behov/samlade' },
  ],
  '/behov/samlade/[id]': [
    { as: borrower, at: pooledNeed },
    { state: 'for others', as: officer, at: pooledNeed },
  ],
  '/behov/mina': [
    { as: borrower, at: '/behov/mina' },
    { state: 'with none', as: onlooker, at: '/behov/mina' },
  ],
  '/behov/nytt': [
    { as: borrower, at: '/behov/nytt' },
    { state: 'refused', as: borrower, at: '/behov/nytt', first: refused('step_continue') },
  ],
  '/behov/nytt/[id]/[step]': requestSteps.map((step) => ({
    part: step,
    as: borrower,
    at: below(requestDraft, step),
  })),
  '/behov/nytt/[id]/kontrollera': [
    { as: borrower, at: below(requestDraft, 'kontrollera') },
    { state: 'with answers lacking', as: borrower, at: below(halfRequest, 'kontrollera') },
  ],
  '/historik': [
    { as: registrar, at: '/historik' },
    { state: 'with nothing found', as: registrar, at: '/historik?del=identity&fran=2020-01-01&till=2020-01-02' },
    { state: 'with a day that is none', as: registrar, at: '/historik?fran=2026-02-30&del=arrangements' },
  ],
  '/historik/kontroll': [{ as: registrar, at: '/historik/kontroll' }],
  '/konto': [{ as: administrator, at: '/konto' }],
  '/konto/losenord': [
    { as: administrator, at: '/konto/losenord' },
    { state: 'refused', as: administrator, at: '/konto/losenord', first: refused('password_save') },
  ],
  '/organisation': [
    {
      as: administrator,
      at: async (ways) => {
        // With somebody on it who has been invited and has not answered yet.
        await ways.invitation(administrator)
        return '/organisation'
      },
    },
    { state: 'for others', as: 'skolchef@sala.example', at: '/organisation' },
  ],
  '/organisation/[id]': [
    {
      as: administrator,
      at: (ways) => ways.link(administrator, '/organisation/alla?q=vasteras', new RegExp(`^/organisation/${one}$`)),
    },
    {
      state: 'for the region',
      as: regionsAdministrator,
      at: (ways) => ways.link(regionsAdministrator, '/organisation/alla?q=sala', new RegExp(`^/organisation/${one}$`)),
    },
  ],
  '/organisation/alla': [
    { as: administrator, at: '/organisation/alla?lan=19' },
    { state: 'with nothing found', as: administrator, at: '/organisation/alla?q=xyzzy' },
  ],
  '/organisation/bjud-in': [
    { as: administrator, at: '/organisation/bjud-in' },
    { state: 'refused', as: administrator, at: '/organisation/bjud-in', first: refused('invite_send') },
    { state: 'for others', as: 'skolchef@sala.example', at: '/organisation/bjud-in', status: 403 },
  ],
  '/organisation/personer/[id]': [
    { as: administrator, at: (ways) => ways.link(administrator, '/organisation', /^\/organisation\/personer\//) },
  ],
  '/samarbeten': [
    { as: head, at: '/samarbeten' },
    { state: 'with none', as: onlooker, at: '/samarbeten' },
  ],
  '/samarbeten/[id]': [
    { part: 'approved', as: head, at: arrangement(head, 'approved') },
    { part: 'proposed', as: moves.decline.as, at: arrangement(moves.decline.as, 'proposed') },
    { part: 'waiting for the lender', as: head, at: arrangement(head, 'lender_decision') },
    {
      part: 'waiting for a borrower',
      as: 'skolchef@kungsor.example',
      at: arrangement('skolchef@kungsor.example', 'borrower_decision'),
    },
    { part: 'to be approved', as: coordinator, at: arrangement('skolchef@surahammar.example', 'coordinator_approval') },
    { part: 'active', as: 'skolchef@koping.example', at: arrangement('skolchef@koping.example', 'active') },
    { part: 'declined', as: moves.decline.as, at: arrangement(moves.decline.as, 'declined') },
  ],
  '/samarbeten/[id]/[move]': Object.entries(moves).flatMap(([move, { as, of = as, status, submit }]) => {
    // Typed as strings by `Object.entries`; the keys are those of `moves`.
    const at = below(arrangement(of, status), movePages[move as keyof typeof movePages])
    return [
      { part: move, as, at },
      { part: move, state: 'refused', as, at, first: move === 'revise' ? refusedRevision : refused(submit) },
    ]
  }),
  '/samarbeten/nytt': [
    { as: head, at: '/samarbeten/nytt' },
    { state: 'with both sides', as: borrower, at: proposal },
    { state: 'refused', as: borrower, at: proposal, first: refused('proposal_submit') },
  ],
  '/samordning': [
    { as: coordinator, at: '/samordning' },
    { state: 'with nothing found', as: coordinator, at: '/samordning?q=finnsinte' },
    {
      state: 'with a follow-up to set',
      as: coordinator,
      at: (ways) => ways.link(coordinator, '/samordning', /[?]folj=/),
    },
  ],
  '/samordning/fordelning': [{ as: coordinator, at: '/samordning/fordelning' }],
  '/samordning/fordelning/[id]': [
    { as: coordinator, at: plan },
    ...['matris', 'karta', 'kommuner', 'saknas'].map((view) => ({
      state: `as ${view}`,
      as: coordinator,
      at: withView(view),
    })),
    { state: 'refused', as: coordinator, at: plan, first: refused('plan_propose') },
  ],
  '/samordning/fordelning/[id]/behov/[request]': [{ as: coordinator, at: ofPlan('behov/') }],
  '/samordning/fordelning/[id]/par': [
    { as: coordinator, at: ofPlan('par') },
    { state: 'refused', as: coordinator, at: ofPlan('par'), first: refusedLock },
  ],
  '/samordning/fordelning/[id]/samla/[request]': [
    { as: coordinator, at: planPool },
    { state: 'refused', as: coordinator, at: planPool, first: refusedPool },
  ],
  '/samordning/tal': [
    { as: coordinator, at: '/samordning/tal' },
    { state: 'in sums', as: onlooker, at: '/samordning/tal' },
  ],
  '/samordning/utan-traff': [
    { as: coordinator, at: '/samordning/utan-traff' },
    { state: 'refused', as: coordinator, at: '/samordning/utan-traff', first: refused('pooled_choose_submit') },
  ],
  '/utbud': [
    { as: officer, at: '/utbud' },
    { state: 'with nothing found', as: officer, at: '/utbud?q=finnsinteisverige' },
    { state: 'with filters that are none', as: registrar, at: '/utbud?tim=många&fran=2027-13-01&typ=inget' },
  ],
  '/utbud/[id]': [
    { as: officer, at: anOffer },
    { part: 'for others', as: borrower, at: anOffer },
    { state: 'for one who may not change it', as: registrar, at: anOffer },
  ],
  '/utbud/[id]/andra/[step]': [
    ...changed.map((step) => ({ part: step, as: officer, at: below(anOffer, `andra/${step}`) })),
    { state: 'refused', as: officer, at: below(anOffer, 'andra/omfattning'), first: refusedHours('step_save') },
  ],
  '/utbud/[id]/publicerat': [{ as: officer, at: below(anOffer, 'publicerat') }],
  '/utbud/mina': [
    { as: officer, at: '/utbud/mina' },
    { state: 'with none', as: onlooker, at: '/utbud/mina' },
  ],
  '/utbud/nytt': [
    { as: officer, at: '/utbud/nytt' },
    { state: 'refused', as: officer, at: '/utbud/nytt', first: refused('step_continue') },
  ],
  '/utbud/nytt/[id]/[step]': offerSteps.map((step) => ({ part: step, as: officer, at: below(offerDraft, step) })),
  '/utbud/nytt/[id]/kontrollera': [
    { as: officer, at: below(offerDraft, 'kontrollera') },
    { state: 'with answers lacking', as: officer, at: below(halfOffer, 'kontrollera') },
  ],
}
