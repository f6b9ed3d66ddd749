import { setTimeout as pause } from 'node:timers/promises'
import type { ArrangementReceipt } from '@samkraft/contracts/arrangements'
import { TRPCClientError } from '@trpc/client'
import { type Account, isUnanswered, keyOf, type ServiceUrls, signIn } from './client.ts'
import {
  type Municipality,
  offerDetails,
  offerRows,
  requestDetails,
  requestRows,
  type Term,
  firstStretch,
} from './market.ts'
import { type PoolMember, pools, stages, type Stage, stories, type Story } from './stories.ts'

const patienceMilliseconds = 60_000

/** The accounts the demo market is made with: an officer and a head of schools of each municipality, and the coordinator. */
type Accounts = Readonly<{
  officer(of: Municipality): Promise<Account>
  head(of: Municipality): Promise<Account>
  coordinator(): Promise<Account>
}>

/** What stands in the market: ids and terms by owner and competence. */
type Market = Readonly<{
  offers: ReadonlyMap<string, { id: string; term: Term }>
  requests: ReadonlyMap<string, { id: string; term: Term }>
}>

/**
 * Fills an empty system with a market of 41 offers, 67 requests, a pooled need and the arrangements between them, through the services' own
 * doors. The same every time; run again it changes nothing.
 */
export async function seedDemo(urls: ServiceUrls, tell: (line: string) => void = () => {}): Promise<void> {
  const accounts = openAccounts(urls)
  const market = await publishMarket(accounts)
  tell(`Demo market: ${market.offers.size} offers and ${market.requests.size} requests published.`)
  for (const [first, ...others] of pools) await pool(accounts, market, first, others)
  for (const story of stories) await tellStory(accounts, market, story)
  tell(`Demo market: ${stories.length} arrangements made.`)
}

function openAccounts(urls: ServiceUrls): Accounts {
  const open = new Map<string, Promise<Account>>()
  const account = (email: string) => {
    const known = open.get(email) ?? signIn(urls, email)
    open.set(email, known)
    return known
  }
  return {
    officer: (of) => account(`handlaggare@${of}.example`),
    head: (of) => account(`skolchef@${of}.example`),
    coordinator: () => account('samordnare@regionvastmanland.example'),
  }
}

async function publishMarket(accounts: Accounts): Promise<Market> {
  const offers = new Map<string, { id: string; term: Term }>()
  for (const row of offerRows) {
    const [owner, competence, , , , term] = row
    const { marketplace } = await accounts.officer(owner)
    const commandKey = keyOf('offer', owner, competence)
    const { id } = await whenReady(() => marketplace.offer.publish.mutate({ commandKey, details: offerDetails(row) }))
    offers.set(`${owner} ${competence}`, { id, term })
  }
  const requests = new Map<string, { id: string; term: Term }>()
  for (const row of requestRows) {
    const [owner, competence, , , term] = row
    const { marketplace } = await accounts.officer(owner)
    const commandKey = keyOf('request', owner, competence)
    const { id } = await whenReady(() =>
      marketplace.request.publish.mutate({ commandKey, details: requestDetails(row) }),
    )
    requests.set(`${owner} ${competence}`, { id, term })
  }
  return { offers, requests }
}

/** The first starts it, and the others join. */
async function pool(
  accounts: Accounts,
  { requests }: Market,
  [starter, competence]: PoolMember,
  others: readonly PoolMember[],
): Promise<void> {
  const idOf = ([owner, asked]: PoolMember) => found(requests, `${owner} ${asked}`).id
  const requestIds = [idOf([starter, competence]), ...others.map(idOf)]
  const { matching } = await accounts.officer(starter)
  const commandKey = keyOf('pool', starter, competence)
  const { pooledNeedId } = await whenReady(() => matching.pooledNeed.start.mutate({ commandKey, requestIds }))
  for (const member of others) {
    const [owner, asked] = member
    const account = await accounts.officer(owner)
    const key = keyOf('join', owner, asked)
    const join = { commandKey: key, pooledNeedId, requestId: idOf(member) }
    await whenReady(() => account.matching.pooledNeed.join.mutate(join))
  }
}

async function tellStory(accounts: Accounts, market: Market, story: Story): Promise<void> {
  const { lender, competence, borrowers, rationale } = story
  const offer = found(market.offers, `${lender} ${competence}`)
  const shares = borrowers.map(([borrower, hoursPerWeek]) => {
    const request = found(market.requests, `${borrower} ${competence}`)
    return { requestId: request.id, period: firstStretch(request.term), hoursPerWeek }
  })
  const [first] = borrowers
  if (!first) throw new Error(`nobody borrows ${competence} in the demo market`)
  const proposer = borrowers.length > 1 ? lender : first[0]
  const { arrangements } = await accounts.officer(proposer)
  const commandKey = keyOf('propose', lender, competence)
  const terms = { shares, place: 'hybrid' as const, rationale }
  const proposed = await whenReady(() =>
    arrangements.arrangement.propose.mutate({ commandKey, offerId: offer.id, ...terms }),
  )
  const others = [lender, ...borrowers.map(([borrower]) => borrower)].filter((party) => party !== proposer)
  const reached = await advance(accounts, story, proposed, others)
  await turn(accounts, story, reached, others)
}

/** Takes an arrangement to its stage, each party and authority in turn. */
async function advance(
  accounts: Accounts,
  story: Story,
  proposed: ArrangementReceipt,
  others: readonly Municipality[],
): Promise<ArrangementReceipt> {
  let at = proposed
  const key = (act: string, who: string) => ({
    commandKey: keyOf(act, who, story.lender, story.competence),
    arrangementId: at.arrangementId,
    version: at.version,
  })
  const decide = async (who: Municipality, delegationReference: string) => {
    const { arrangements } = await accounts.head(who)
    const yes = { decision: 'yes' as const, noConflictOfInterest: true, delegationReference }
    at = await arrangements.arrangement.decide.mutate({ ...key('decide', who), ...yes })
  }
  const steps: Record<Stage, () => Promise<void>> = {
    proposed: async () => {},
    accepted: async () => {
      for (const party of others) {
        const { arrangements } = await accounts.officer(party)
        at = await arrangements.arrangement.accept.mutate(key('accept', party))
      }
    },
    lender_yes: () => decide(story.lender, 'Delegationsordning 4.2'),
    both_yes: async () => {
      for (const [borrower] of story.borrowers) await decide(borrower, 'Delegationsordning 3.7')
    },
    approved: async () => {
      const { arrangements } = await accounts.coordinator()
      at = await arrangements.arrangement.approve.mutate(key('approve', 'region'))
    },
  }
  for (const stage of stages.slice(0, stages.indexOf(story.stage) + 1)) await steps[stage]()
  return at
}

async function turn(
  accounts: Accounts,
  { turn, lender, competence }: Story,
  at: ArrangementReceipt,
  others: readonly Municipality[],
): Promise<void> {
  const on = { commandKey: keyOf('turn', lender, competence), arrangementId: at.arrangementId, version: at.version }
  if (turn === 'declined' && others[0]) {
    const { arrangements } = await accounts.officer(others[0])
    await arrangements.arrangement.decline.mutate({
      ...on,
      reasonCode: 'no_capacity',
      reasonText: 'Läraren går ner i tid i höst.',
    })
  }
  if (turn === 'withdrawn') {
    const { arrangements } = await accounts.officer('koping')
    await arrangements.arrangement.withdraw.mutate({
      ...on,
      reasonCode: 'need_gone',
      reasonText: 'Tjänsten är tillsatt.',
    })
  }
  if (turn === 'returned') {
    const { arrangements } = await accounts.coordinator()
    await arrangements.arrangement.return.mutate({
      ...on,
      reasonCode: 'missing_basis',
      reasonText: 'Skriv vem som leder arbetet när pedagogen är hos er.',
    })
  }
}

function found<Value>(map: ReadonlyMap<string, Value>, key: string): Value {
  const value = map.get(key)
  if (!value) throw new Error(`the demo market has no ${key}`)
  return value
}

/** Tries again while the service's copy of what others told it is a moment behind, or nobody answers; any refusal is final. */
async function whenReady<Result>(run: () => Promise<Result>): Promise<Result> {
  const until = Date.now() + patienceMilliseconds
  for (;;) {
    try {
      return await run()
    } catch (error) {
      const behind = error instanceof TRPCClientError && error.data?.httpStatus === 404
      if (!(behind || isUnanswered(error)) || Date.now() > until) throw error
      await pause(100)
    }
  }
}
