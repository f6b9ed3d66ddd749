import { randomUUID } from 'node:crypto'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { connect } from '@samkraft/db'
import { readPrivateKey, signActorToken } from '@samkraft/http'
import { startConstellation } from '@samkraft/infra'
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
import { benchMatching, fillMatching } from './matching.ts'
import { benchPages } from './pages.ts'
import { report, type Row } from './report.ts'
import { benchRequests } from './requests.ts'
import { benchStart } from './startup.ts'
import { benchFloor, benchVisible } from './visible.ts'
import { visit } from './visitor.ts'

const many = 100_000
const officer = 'handlaggare@norberg.example'

/** `npm run bench`: everything the README claims of speed, measured on this machine in one run. Takes some minutes. */
async function bench(dataDir: string): Promise<Row[]> {
  const rows: Row[] = []
  rows.push(...(await benchStart(join(dataDir, 'start'), await randomPorts())))

  const home = join(dataDir, 'market')
  await using constellation = await startConstellation({
    dataDir: home,
    ports: 'random',
    demo: true,
    market: true,
    tell: console.log,
  })
  const { urls, databases, adminUrl } = constellation
  if (!adminUrl) throw new Error('the bench fills the databases itself and needs the embedded one')
  const adminOf = (service: string) => Object.assign(new URL(adminUrl), { pathname: `/samkraft_${service}` }).href

  const lender = await signIn(urls, 'handlaggare@vasteras.example')
  const borrower = await signIn(urls, officer)
  const page = await visit(urls.web, officer, demoPassword)
  const floor = await benchFloor(adminUrl)
  rows.push(floor.row)
  rows.push(await benchVisible('publish → match on the open page, demo market', { lender, borrower, page, floor }))

  const requestId = await anyRequest(databases.marketplace.app)
  rows.push(
    ...(await benchPages(urls.web, demoPassword, {
      'Att göra': { email: officer, path: '/' },
      Utbud: { email: officer, path: '/utbud' },
      'Behov with matches': { email: officer, path: `/behov/${requestId}` },
      Samarbeten: { email: officer, path: '/samarbeten' },
      Samordning: { email: 'samordnare@regionvastmanland.example', path: '/samordning' },
    })),
  )

  console.log(`Filling both markets with ${many} offers…`)
  const marketplace = connect<MarketplaceSchema>(adminOf('marketplace'), { max: 2 })
  const organisations = manyOrganisations()
  await seedOffers(marketplace, await loadVocabulary(marketplace), organisations, many)
  await sql`create table bare_offer (id uuid primary key default uuidv7(), organisation_id uuid not null, details jsonb not null)`.execute(
    marketplace,
  )
  await sql`grant insert on bare_offer to marketplace_app`.execute(marketplace)
  const { rows: offers } = await sql<{
    id: string
  }>`select id from published_offer where status = 'published' order by md5(id::text) limit 1000`.execute(marketplace)
  await marketplace.destroy()
  await fillMatching(adminOf('matching'), many)

  const full = await benchFloor(adminUrl)
  rows.push(
    await benchVisible('publish → match on the open page, 100 000 open offers', {
      lender,
      borrower,
      page,
      floor: full,
    }),
  )
  rows.push(await benchMatching(databases.matching.app))

  const { secrets } = await openHome(home)
  const key = readPrivateKey(secrets.actorPrivateKey)
  const actor = actorOf('handlaggare@vasteras.example')
  const people = Array.from({ length: 200 }, () => randomUUID())
  rows.push(
    ...(await benchRequests({
      constellation,
      actor,
      token: (person) =>
        signActorToken(
          key,
          { ...actor, personId: people[person % people.length] ?? actor.personId },
          'marketplace',
          Date.now(),
        ),
      organisations: organisations.map(({ organisationId }) => organisationId),
      offers: offers.map(({ id }) => id),
    })),
  )
  return rows
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

await using place = await temporaryHome()
const rows = await bench(place.path)
const machine = {
  node: process.version,
  processor: cpus()[0]?.model,
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  at: new Date().toISOString(),
}
report(rows, machine, join(root, 'bench.json'))
