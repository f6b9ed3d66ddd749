import { randomUUID } from 'node:crypto'
import { asActor, asOrganisation } from '@samkraft/db'
import { type Actor, roles } from '@samkraft/kernel'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import type { Schema } from '../src/db/schema.ts'
import { anArrangement, anOrganisation, aProposal, because, onIt, test, yes } from './builders.ts'

const tables = [
  'arrangement',
  'party',
  'revision',
  'share',
  'decision',
  'step',
  'follow_up',
] as const satisfies (keyof Schema)[]

describe('a stranger', () => {
  test('meets nothing, in every procedure that takes an arrangement', async ({ as, hear, county }) => {
    const it = await anArrangement({ as, hear, county }, 'approved')
    const { shares, ...terms } = aProposal(it.offer, it.requests)
    const { arrangementId } = it
    const strangers = [county.kungsor, await anOrganisation(hear, 'Region Norr', { kind: 'region', countyCode: '25' })]
    for (const stranger of strangers) {
      const api = as(stranger.person(roles))
      const calls = {
        get: () => api.arrangement.get({ arrangementId }),
        revise: () => api.arrangement.revise({ ...terms, ...onIt(it), shares }),
        accept: () => api.arrangement.accept(onIt(it)),
        decline: () => api.arrangement.decline({ ...onIt(it), ...because }),
        withdraw: () => api.arrangement.withdraw({ ...onIt(it), ...because }),
        decide: () => api.arrangement.decide({ ...onIt(it), ...yes }),
        approve: () => api.arrangement.approve(onIt(it)),
        return: () => api.arrangement.return({ ...onIt(it), reasonCode: 'other_plan', reasonText: 'Nej.' }),
        end: () => api.arrangement.end({ ...onIt(it), lastDay: '2027-03-01', reasonCode: 'need_gone' }),
        setDiaryNumber: () =>
          api.arrangement.setDiaryNumber({ commandKey: randomUUID(), arrangementId, version: 0, diaryNumber: 'X' }),
        setFollowUp: () =>
          api.worklist.setFollowUp({ commandKey: randomUUID(), arrangementId, version: 0, date: '2027-01-01' }),
      }
      for (const [name, call] of Object.entries(calls))
        await expect(call(), name).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'arrangement.not_found' })
    }
  })

  test('sees no list, task, worklist, figure, flow or log of others', async ({ as, hear, county }) => {
    await anArrangement({ as, hear, county }, 'approved')
    const api = as((await anOrganisation(hear, 'Gävle', { countyCode: '21' })).person(roles))
    await expect(api.arrangement.list({})).resolves.toEqual({ items: [], next: null })
    await expect(api.task.list({})).resolves.toEqual({ items: [], next: null })
    await expect(api.worklist.list({})).resolves.toEqual({ items: [], next: null, counts: [], holders: [] })
    await expect(api.flow.list({})).resolves.toEqual({ items: [], arrangements: 0 })
    await expect(api.audit.list({})).resolves.toEqual({ items: [], next: null })
    await expect(api.stats.summary({})).resolves.toMatchObject({ openAge: { n: 0 }, byStatus: [], refusals: [] })
  })
})

describe('the database itself', () => {
  test('shows the rows of an arrangement to its parties and its region, and to nobody else', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg, kungsor, region } = county
    const { arrangementId } = await anArrangement({ as, hear, county }, 'approved')
    await as(region.person(['coordinator'])).worklist.setFollowUp({
      commandKey: randomUUID(),
      arrangementId,
      version: 0,
      date: '2027-01-01',
    })
    const rowsFor = (organisationId: string, table: (typeof tables)[number]) =>
      asOrganisation(db, organisationId, (tx) =>
        tx
          .selectFrom(table)
          .selectAll()
          .where(sql<string>`${sql.ref(table === 'arrangement' ? 'id' : 'arrangement_id')}`, '=', arrangementId)
          .execute(),
      )
    for (const table of tables) {
      const own = table === 'follow_up' ? [region] : [vasteras, norberg, region]
      for (const organisation of own)
        expect((await rowsFor(organisation.id, table)).length, `${organisation.name} ${table}`).toBeGreaterThan(0)
      await expect(rowsFor(kungsor.id, table), table).resolves.toEqual([])
      await expect(db.selectFrom(table).selectAll().execute(), `${table} without a tenant`).resolves.toEqual([])
    }
    await expect(rowsFor(vasteras.id, 'follow_up')).resolves.toEqual([])
  })

  test('binds the owner of the tables as well', async ({ owner, as, hear, county }) => {
    await anArrangement({ as, hear, county }, 'proposed')
    for (const table of tables) await expect(owner.selectFrom(table).selectAll().execute(), table).resolves.toEqual([])
  })

  test('lets nobody write into the arrangements of others', async ({ db, as, hear, county }) => {
    const { arrangementId } = await anArrangement({ as, hear, county }, 'approved')
    const stranger: Actor = county.kungsor.person(roles)
    const writes = {
      party: sql`insert into party values (${arrangementId}, ${stranger.organisationId}, 'borrower', null)`,
      step: sql`insert into step select ${arrangementId}, 99, now(), 'approve', 'coordinator', null, 'approved', null, null, null, 1, null`,
      share: sql`insert into share select ${arrangementId}, 9, 0, ${stranger.organisationId}, ${randomUUID()}, '[2027-01-01,2027-02-01)', 8`,
      arrangement: sql`insert into arrangement (reference, status, version, region_id, offer_id, lender_id, borrower_ids, proposer_id, competence,
        revision, round, accepted, period, hours_per_week, holder_ids, held_since, proposed_at, updated_at)
        values ('x', 'proposed', 1, ${county.region.id}, ${randomUUID()}, ${county.vasteras.id}, array[${county.norberg.id}::uuid], ${county.norberg.id},
          'x', 1, 1, '{}', '[2027-01-01,2027-02-01)', 8, '{}', now(), now(), now())`,
    }
    for (const [table, write] of Object.entries(writes))
      await expect(
        asActor(db, stranger, (tx) => write.execute(tx)),
        table,
      ).rejects.toThrow('row-level security')
    await expect(
      asActor(db, stranger, (tx) =>
        sql`insert into arrangement (reference, status, version, region_id, offer_id, lender_id, borrower_ids, proposer_id, competence,
          revision, round, accepted, period, hours_per_week, holder_ids, held_since, proposed_at, updated_at)
          values ('x', 'proposed', 1, ${county.region.id}, ${randomUUID()}, ${county.vasteras.id}, array[${county.norberg.id}::uuid],
            ${stranger.organisationId}, 'x', 1, 1, '{}', '[2027-01-01,2027-02-01)', 8, '{}', now(), now(), now())`.execute(
          tx,
        ),
      ),
      'whoever proposes takes part or coordinates',
    ).rejects.toThrow('arrangement_proposer')
    const changed = await asActor(db, stranger, (tx) =>
      sql`update arrangement set status = 'ended' where id = ${arrangementId}`.execute(tx),
    )
    expect(changed.numAffectedRows).toBe(0n)
  })

  test('keeps what has happened: a party can neither change nor remove it', async ({ db, as, hear, county }) => {
    const { arrangementId } = await anArrangement({ as, hear, county }, 'approved')
    const party = county.vasteras.person(roles)
    for (const statement of [
      sql`update step set to_status = 'ended' where arrangement_id = ${arrangementId}`,
      sql`update decision set decision = 'no' where arrangement_id = ${arrangementId}`,
      sql`update revision set rationale = '' where arrangement_id = ${arrangementId}`,
      sql`update share set hours_per_week = 40 where arrangement_id = ${arrangementId}`,
      sql`delete from step where arrangement_id = ${arrangementId}`,
      sql`delete from decision where arrangement_id = ${arrangementId}`,
      sql`delete from arrangement where id = ${arrangementId}`,
    ]) {
      const { numAffectedRows } = await asActor(db, party, (tx) => statement.execute(tx))
      expect(numAffectedRows).toBe(0n)
    }
  })

  test('lets an authority set its own diary number only', async ({ db, as, hear, county }) => {
    const { arrangementId } = await anArrangement({ as, hear, county }, 'approved')
    const { numAffectedRows } = await asActor(db, county.vasteras.person(roles), (tx) =>
      sql`update party set diary_number = 'theirs' where arrangement_id = ${arrangementId}`.execute(tx),
    )
    expect(numAffectedRows).toBe(1n)
  })
})
