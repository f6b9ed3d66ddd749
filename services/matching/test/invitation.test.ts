import { randomUUID } from 'node:crypto'
import { asOrganisation, readAudit } from '@samkraft/db'
import { expect } from 'vitest'
import { id, kungsor, norberg, type Owner, region, vasteras } from './builders.ts'
import { type Feed, test } from './feed.ts'

const fagersta: Owner = { ...norberg, organisationId: id(1982) }
const gavle: Owner = { ...norberg, organisationId: id(2180) }
const elsewhere: Owner = { ...region, organisationId: id(20) }
const [norbergs, fagerstas, kungsors] = [id(101), id(102), id(103)]

const key = () => ({ commandKey: randomUUID() })
const refused = (code: string, message: string) => expect.objectContaining({ code, message })

test.beforeEach(async ({ feed }) => {
  for (const owner of [vasteras, norberg, fagersta, kungsor, region]) await feed.organisation(owner)
  for (const owner of [gavle, elsewhere]) await feed.organisation(owner, '21')
  await feed.request(norberg, { requestId: norbergs })
  await feed.request(fagersta, { requestId: fagerstas })
  await feed.request(kungsor, { requestId: kungsors })
  await feed.match()
})

/** Norberg and Fagersta have joined. */
async function pooled(feed: Feed): Promise<string> {
  const { pooledNeedId } = await feed.as(norberg).pooledNeed.start({ ...key(), requestIds: [norbergs, fagerstas] })
  await feed.as(fagersta).pooledNeed.join({ ...key(), pooledNeedId, requestId: fagerstas })
  return pooledNeedId
}

const inviting = (feed: Feed, pooledNeedId: string, owner = region) => {
  const { pooledNeed } = feed.as(owner, ['coordinator'])
  return (requestId: string) => pooledNeed.invite({ ...key(), pooledNeedId, requestId })
}

test('the coordinator is told who could be invited to a pooled need, and nobody else is', async ({ feed }) => {
  await feed.request(kungsor, { requestId: id(104), requiredCompetences: ['skoljurist'] })
  await feed.match()
  const pooledNeedId = await pooled(feed)
  const toldTo = async (reader: ReturnType<Feed['as']>) =>
    (await reader.pooledNeed.get({ pooledNeedId })).couldInvite.map(({ requestId }) => requestId)
  expect(await toldTo(feed.as(region, ['coordinator']))).toEqual([kungsors])
  for (const reader of [feed.as(norberg), feed.as(region), feed.as(elsewhere, ['coordinator'])])
    expect(await toldTo(reader)).toEqual([])
})

test('who is invited sees it as a task, counts for nothing until it joins, and is told in the log', async ({
  db,
  feed,
}) => {
  const pooledNeedId = await pooled(feed)
  await inviting(feed, pooledNeedId)(kungsors)
  const { pooledNeed, couldInvite } = await feed.as(region, ['coordinator']).pooledNeed.get({ pooledNeedId })
  expect(pooledNeed).toMatchObject({
    hoursPerWeek: 16,
    members: [{ joined: true }, { joined: true }, { requestId: kungsors, joined: false }],
  })
  expect(couldInvite).toEqual([])
  expect((await feed.as(kungsor).task.list()).items).toMatchObject([{ kind: 'pooled_need_invitation', pooledNeedId }])
  const log = (tx: Parameters<typeof readAudit>[0]) => readAudit(tx, { subjectId: pooledNeedId, limit: 1 })
  for (const { organisationId } of [region, norberg, kungsor])
    expect((await asOrganisation(db, organisationId, log)).items).toMatchObject([
      { command: 'pooledNeed.invite', after: { requests: [{ requestId: kungsors }] } },
    ])
  await feed.as(kungsor).pooledNeed.join({ ...key(), pooledNeedId, requestId: kungsors })
  expect(await feed.as(kungsor).pooledNeed.get({ pooledNeedId })).toMatchObject({ pooledNeed: { hoursPerWeek: 24 } })
})

test('only the coordinator of the county invites, and only to what there is', async ({ feed }) => {
  const pooledNeedId = await pooled(feed)
  await expect(inviting(feed, pooledNeedId, elsewhere)(kungsors)).rejects.toEqual(
    refused('FORBIDDEN', 'pooled_need.not_coordinated'),
  )
  await expect(inviting(feed, id(999))(kungsors)).rejects.toEqual(refused('NOT_FOUND', 'pooled_need.not_found'))
  await expect(inviting(feed, pooledNeedId)(id(999))).rejects.toEqual(refused('NOT_FOUND', 'request.not_found'))
  await feed.requestWithdrawn(norberg, norbergs)
  await feed.requestWithdrawn(fagersta, fagerstas)
  await expect(inviting(feed, pooledNeedId)(kungsors)).rejects.toEqual(refused('CONFLICT', 'pooled_need.closed'))
})

test('what has joined, is in another, is closed or does not fit is not invited', async ({ feed }) => {
  const pooledNeedId = await pooled(feed)
  const invite = inviting(feed, pooledNeedId)
  await expect(invite(norbergs)).rejects.toEqual(refused('CONFLICT', 'pooled_need.in_another'))
  const { pooledNeed } = await feed.as(norberg).pooledNeed.get({ pooledNeedId })
  expect(pooledNeed.members.map(({ joined }) => joined)).toEqual([true, true])

  await feed.request(vasteras, { requestId: id(201) })
  await feed.as(vasteras).pooledNeed.start({ ...key(), requestIds: [id(201), kungsors] })
  await expect(invite(kungsors)).rejects.toEqual(refused('CONFLICT', 'pooled_need.in_another'))
  await feed.request(norberg, { requestId: id(202) })
  await expect(invite(id(202))).rejects.toEqual(refused('CONFLICT', 'pooled_need.same_organisation'))
  await feed.request(gavle, { requestId: id(203) })
  await expect(invite(id(203))).rejects.toEqual(refused('CONFLICT', 'pooled_need.other_county'))
  await feed.request(kungsor, { requestId: id(204) })
  await feed.requestWithdrawn(kungsor, id(204))
  await expect(invite(id(204))).rejects.toEqual(refused('CONFLICT', 'pooled_need.request_not_open'))
})
