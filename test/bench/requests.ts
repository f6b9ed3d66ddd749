import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { OfferDetails } from '@samkraft/contracts/marketplace'
import type { Constellation } from '@samkraft/infra'
import type { Actor } from '@samkraft/kernel'
import { freePort } from '../../infra/local/ports.ts'
import { offerDetails, offerRows } from '../../infra/local/demo/market.ts'
import { type Call, load, type Measured } from './load.ts'
import { median, type Row } from './report.ts'
import { captureStatements, insertOfOffer, type Statement } from './statements.ts'

const rounds = 5
const milliseconds = 2_000
const searched = ['handledning', 'psykolog', 'kartläggning', 'specialpedagog', 'matematik']

type Subject = Readonly<{
  constellation: Constellation
  actor: Actor
  /** A fresh actor token of an officer of the organisation; each time another person, since one alone may only call so often. */
  token: (organisationId: string) => string
  /** Who has published what there is. */
  organisations: readonly string[]
  /** The municipalities of the register, who publish more. */
  municipalities: readonly string[]
  offers: readonly string[]
}>

/** Reads and writes of the marketplace over HTTP through tRPC, each as a ratio to a bare Hono handler running the same SQL through pg. */
export async function benchRequests(subject: Subject): Promise<Row[]> {
  const { constellation, actor, organisations, municipalities, offers } = subject
  const url = constellation.databases.marketplace.app
  const [organisation = '', offer = ''] = [organisations[0], offers[0]]
  const [word = ''] = searched
  const captured = await captureStatements(url, actor, {
    list: (api) => api.offer.list({ organisationIds: [organisation], limit: 20 }),
    get: (api) => api.offer.get({ offerId: offer }),
    search: (api) => api.offer.list({ text: word, limit: 20 }),
  })
  const [first] = offerRows
  if (!first) throw new Error('the demo market is empty')
  const details = OfferDetails.parse(offerDetails(first))
  const keyed = (statement: Statement | undefined, key: string): Statement => {
    if (!statement) throw new Error('a statement was not captured')
    const bound = (value: unknown): unknown =>
      value === key ? '$key' : Array.isArray(value) ? value.map(bound) : value
    return { text: statement.text, values: statement.values.map(bound) }
  }
  await using bare = await startBare(url, {
    list: keyed(captured.list, organisation),
    get: keyed(captured.get, offer),
    search: captured.search ?? { text: '', values: [] },
    offer: await insertOfOffer(url, details),
    // Nothing but its details, in a table without an index beside its key.
    details: {
      text: 'insert into bare_offer (organisation_id, details) values ($1, $2)',
      values: ['$key', '$body'],
    },
  })

  let tokens: string[] = []
  let tokensOfOne: string[] = []
  const renew = () => {
    tokens = municipalities.map(subject.token)
    tokensOfOne = municipalities.map(() => subject.token(actor.organisationId))
  }
  const nth = (values: readonly string[], number: number) => values[number % values.length] ?? ''
  const ask = (n: number, path: string, input: unknown): Call => ({
    url: `${constellation.urls.marketplace}/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
    headers: { authorization: `Bearer ${nth(tokens, n)}` },
  })
  const json = { 'content-type': 'application/json' }

  const publish = (token: string): Call => ({
    url: `${constellation.urls.marketplace}/trpc/offer.publish`,
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${token}` },
    body: JSON.stringify({ commandKey: randomUUID(), details }),
  })
  const insert =
    (what: 'offer' | 'details') =>
    (n: number): Call => ({
      url: `${bare.url}/insert/${what}?key=${nth(municipalities, n)}`,
      method: 'POST',
      headers: json,
      body: JSON.stringify(details),
    })
  const duels: Record<string, { goal?: number; ours: (n: number) => Call; bare: (n: number) => Call }> = {
    "list an organisation's 20 newest": {
      goal: 0.65,
      ours: (n) => ask(n, 'offer.list', { organisationIds: [nth(organisations, n)], limit: 20 }),
      bare: (n) => ({ url: `${bare.url}/read/list?key=${nth(organisations, n)}` }),
    },
    'get one offer': {
      goal: 0.6,
      ours: (n) => ask(n, 'offer.get', { offerId: nth(offers, n) }),
      bare: (n) => ({ url: `${bare.url}/read/get?key=${nth(offers, n)}` }),
    },
    'Swedish text search, first page': {
      goal: 0.9,
      ours: (n) => ask(n, 'offer.list', { text: word, limit: 20 }),
      bare: () => ({ url: `${bare.url}/read/search` }),
    },
    'publish one offer': { goal: 0.5, ours: (n) => publish(nth(tokens, n)), bare: insert('offer') },
    'publish one offer, beside its details alone': { ours: (n) => publish(nth(tokens, n)), bare: insert('details') },
    // They wait for each other: its references have no gap, and its audit log is one chain.
    'publish one offer, all of one organisation': { ours: (n) => publish(nth(tokensOfOne, n)), bare: insert('offer') },
  }
  const rows: Row[] = []
  for (const [what, { goal, ours, bare: alternative }] of Object.entries(duels)) {
    renew()
    await load(ours, 500)
    await load(alternative, 500)
    const [mine, theirs, ratios]: [Measured[], Measured[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round += 1) {
      renew()
      const against = await load(alternative, milliseconds)
      const measured = await load(ours, milliseconds)
      mine.push(measured)
      theirs.push(against)
      ratios.push(measured.perSecond / against.perSecond)
    }
    const perSecond = Math.round(median(mine.map((one) => one.perSecond)))
    const bareSpread = `bare p50 ${median(theirs.map(({ p50 }) => p50)).toFixed(1)}, p95 ${median(theirs.map(({ p95 }) => p95)).toFixed(1)}`
    rows.push({
      what,
      ratio: median(ratios),
      ...(goal ? { goal: `≥ ${goal}` } : {}),
      p50: median(mine.map(({ p50 }) => p50)),
      p95: median(mine.map(({ p95 }) => p95)),
      beside: `${perSecond}/s; ${bareSpread}`,
    })
  }
  return rows
}

async function startBare(
  url: string,
  statements: Record<string, Statement>,
): Promise<AsyncDisposable & { url: string }> {
  const port = await freePort()
  const env = { BARE_URL: url, BARE_PORT: String(port), BARE_STATEMENTS: JSON.stringify(statements) }
  const child = fork(new URL('bare.ts', import.meta.url), { env: { ...process.env, ...env } })
  await once(child, 'message')
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill()
      await once(child, 'exit')
    },
  }
}
