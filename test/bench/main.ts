import { randomUUID } from 'node:crypto'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { connect } from '@samkraft/db'
import { readPrivateKey, signActorToken } from '@samkraft/http'
import { type Constellation, startConstellation } from '@samkraft/infra'
import { temporaryHome } from '@samkraft/infra/temporary-home'
import { sql } from 'kysely'
import { demoPassword, signIn } from '../../infra/local/demo/client.ts'
import { openHome } from '../../infra/local/home.ts'
import { root } from '../../infra/local/places.ts'
import { freePort } from '../../infra/local/ports.ts'
import { loadVocabulary } from '../../services/marketplace/src/app/load-vocabulary.ts'
import type { Schema as MarketplaceSchema } from '../../services/marketplace/src/db/schema.ts'
import { manyOrganisations, seedOffers } from '../../services/marketplace/test/seed.ts'
import { actorOf } from '../world/cast.ts'
import { benchAllocation } from './allocation.ts'
import { benchMatching, fillMatching } from './matching.ts'
import { benchRebuild } from './rebuild.ts'
import { benchPages } from './pages.ts'
import { report, type Row } from './report.ts'
import { benchRequests } from './requests.ts'
import { benchStart } from './startup.ts'
import { benchFloor, benchVisible } from './visible.ts'
import { visit } from './visitor.ts'
import { benchWords } from './words.ts'

const many = 100_000
const officer = 'handlaggare@norberg.example'

const allocation = ['county', 'region', 'national', 'tenfold'] as const

/** The parts, in the order they are measured: first those without a market, three on the demo market, the others on a national one. */
const alone = ['words', ...allocation.map((size) => `allocation-${size}` as const), 'start'] as const
const parts = [...alone, 'pages', 'visible', 'visible-national', 'matching', 'rebuild', 'requests'] as const
type Part = (typeof parts)[number]

/** `npm run bench`: how fast it is, measured on this machine in one run, beside the bare alternative. Takes some minutes. */
async function bench(dataDir: string, wanted: ReadonlySet<Part>): Promise<Row[]> {
  const rows: Row[] = []
  const measured = (...some: Row[]) => {
    // As they come: a part that fails later takes nothing with it.
    for (const { what, ratio, p50, relevance } of some) console.log(what, relevance ?? { ratio, p50 })
    rows.push(...some)
  }
  if (wanted.has('words')) measured(...(await benchWords()))
  for (const size of allocation) if (wanted.has(`allocation-${size}`)) measured(...(await benchAllocation(size)))
  if (wanted.has('start')) measured(...(await benchStart(join(dataDir, 'start'), await randomPorts())))
  if (parts.every((part) => alone.some((one) => one === part) || !wanted.has(part))) return rows

  const home = join(dataDir, 'market')
  const options = { ports: 'random', demo: true, market: true, tell: console.log } as const
  await using constellation = await startConstellation({ ...options, dataDir: home })
  if (wanted.has('pages')) measured(...(await benchDemoPages(constellation)))
  if (wanted.has('visible')) measured(...(await benchVisibility(constellation, 'demo market')))
  if (!wanted.has('visible-national') && !wanted.has('matching') && !wanted.has('rebuild') && !wanted.has('requests'))
    return rows

  console.log(`Filling both markets with ${many} offers…`)
  const nation = await fillNation(constellation)
  if (wanted.has('visible-national')) measured(...(await benchVisibility(constellation, '100 000 open offers')))
  if (wanted.has('matching')) measured(await benchMatching(constellation.databases.matching.app))
  if (wanted.has('rebuild')) {
    await constellation.stop('matching')
    measured(...(await benchRebuild(constellation.databases.matching.app, adminOf(constellation, 'samkraft_matching'))))
  }
  if (wanted.has('requests')) {
    // The bare alternative has nobody who listens beside it either. The relay goes on.
    for (const other of ['web', 'matching', 'arrangements', 'identity'] as const) await constellation.stop(other)
    const { secrets } = await openHome(home)
    const key = readPrivateKey(secrets.actorPrivateKey)
    const actor = actorOf('handlaggare@vasteras.example')
    const token = (organisationId: string) =>
      signActorToken(key, { ...actor, organisationId, personId: randomUUID() }, 'marketplace', Date.now())
    measured(...(await benchRequests({ constellation, actor, token, ...nation })))
  }
  return rows
}

async function benchDemoPages({ urls, databases }: Constellation): Promise<Row[]> {
  const requestId = await anyRequest(databases.marketplace.app)
  return benchPages(urls.web, demoPassword, {
    'Att göra': { email: officer, path: '/' },
    Utbud: { email: officer, path: '/utbud' },
    'Behov with matches': { email: officer, path: `/behov/${requestId}` },
    Samarbeten: { email: officer, path: '/samarbeten' },
    Samordning: { email: 'samordnare@regionvastmanland.example', path: '/samordning' },
  })
}

async function benchVisibility(constellation: Constellation, market: string): Promise<Row[]> {
  const { urls } = constellation
  const lender = await signIn(urls, 'handlaggare@vasteras.example')
  const borrower = await signIn(urls, officer)
  const page = await visit(urls.web, officer, demoPassword)
  const floor = await benchFloor(adminOf(constellation, 'postgres'))
  const what = `publish → match on the open page, ${market}`
  return [floor.row, await benchVisible(what, { lender, borrower, page, floor })]
}

/** Puts a national market beside the demo market, in the databases themselves; returns what the requests need to know of it. */
async function fillNation(constellation: Constellation) {
  await fillMatching(adminOf(constellation, 'samkraft_matching'), many)
  const marketplace = connect<MarketplaceSchema>(adminOf(constellation, 'samkraft_marketplace'), { max: 2 })
  const organisations = manyOrganisations()
  await seedOffers(marketplace, await loadVocabulary(marketplace), organisations, many)
  await sql`create table bare_offer (id uuid primary key default uuidv7(), organisation_id uuid not null, details jsonb not null)`.execute(
    marketplace,
  )
  await sql`grant insert on bare_offer to marketplace_app`.execute(marketplace)
  await marketplace.destroy()
  const db = connect<MarketplaceSchema>(constellation.databases.marketplace.app, { max: 1 })
  const ids = async (statement: ReturnType<typeof sql<{ id: string }>>) =>
    (await statement.execute(db)).rows.map(({ id }) => id)
  const nation = {
    organisations: organisations.map(({ organisationId }) => organisationId),
    municipalities: await ids(sql`select id from organisation where municipality_code is not null order by id`),
    offers: await ids(sql`select id from published_offer where status = 'published' order by md5(id::text) limit 1000`),
  }
  await db.destroy()
  return nation
}

function adminOf({ adminUrl }: Constellation, database: string): string {
  if (!adminUrl) throw new Error('the bench fills the databases itself and needs the embedded one')
  return Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href
}

async function anyRequest(url: string): Promise<string> {
  const db = connect<MarketplaceSchema>(url, { max: 1 })
  const { organisationId } = actorOf(officer)
  const { rows } = await sql<{
    id: string
  }>`select id from published_request where organisation_id = ${organisationId}::uuid order by published_at limit 1`.execute(
    db,
  )
  await db.destroy()
  return rows[0]?.id ?? ''
}

async function randomPorts(): Promise<Record<string, string>> {
  const names = ['WEB', 'IDENTITY', 'MARKETPLACE', 'MATCHING', 'ARRANGEMENTS', 'POSTGRES']
  const ports: Record<string, string> = {}
  for (const name of names) ports[`PORT_${name}`] = String(await freePort())
  return ports
}

const asked = process.argv
  .slice(2)
  .flatMap((name) => (name === 'allocation' ? allocation.map((size) => `allocation-${size}`) : name))
const unknown = asked.filter((name) => !parts.some((part) => part === name))
if (unknown.length > 0) {
  console.error(`There is no part called ${unknown.join(', ')}. The parts: ${parts.join(', ')}`)
  process.exit(1)
}
const wanted = new Set(parts.filter((part) => asked.length === 0 || asked.includes(part)))
await using place = await temporaryHome()
const rows = await bench(place.path, wanted)
const machine = {
  node: process.version,
  processor: cpus()[0]?.model,
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  at: new Date().toISOString(),
}
report(rows, machine, join(root, 'bench.json'))
