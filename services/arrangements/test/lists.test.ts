import { randomUUID } from 'node:crypto'
import type { ShareInput, SoughtWord } from '@samkraft/contracts/arrangements'
import { asActor } from '@samkraft/db'
import { type Actor, type Role, roles } from '@samkraft/kernel'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { runClock } from '../src/app/run-clock.ts'
import {
  type Api,
  anArrangement,
  anOffer,
  anOrganisation,
  aProposal,
  aRequest,
  because,
  type County,
  type Hear,
  onIt,
  reserve,
  test,
  today,
  yes,
} from './builders.ts'

/** A county of its own, so that counts are of this test only. */
async function anotherCounty(hear: Hear, countyCode: string): Promise<County> {
  const inCounty = (name: string) => anOrganisation(hear, name, { countyCode })
  return {
    region: await anOrganisation(hear, 'Region Väst', { kind: 'region', countyCode }),
    vasteras: await inCounty('Stor'),
    norberg: await inCounty('Liten'),
    kungsor: await inCounty('Mindre'),
    arboga: await inCounty('Minst'),
  }
}

/** A word that is looked for, and the competences that have it in their name. */
function word(text: string, competences: string[] = []): SoughtWord {
  return { text, competences }
}

async function pages<Item>(
  read: (cursor?: string) => Promise<{ items: Item[]; next: string | null }>,
): Promise<Item[]> {
  const all: Item[] = []
  for (let page = await read(); ; page = await read(page.next)) {
    all.push(...page.items)
    if (page.next === null) return all
  }
}

describe('lists', () => {
  test('the own arrangements by side and status, in pages that neither repeat nor skip', async ({ as, hear }) => {
    const county = await anotherCounty(hear, '02')
    const proposed = []
    for (let count = 0; count < 5; count += 1) proposed.push(await anArrangement({ as, hear, county }, 'proposed'))
    const decided = await anArrangement({ as, hear, county }, 'borrower_decision', { borrowers: [county.kungsor] })
    const api = as(county.vasteras.person(['officer']))

    for (const sort of ['newest', 'latest_change', 'deadline'] as const) {
      const items = await pages((cursor) => api.arrangement.list({ limit: 2, sort, ...(cursor && { cursor }) }))
      expect(new Set(items.map(({ id }) => id)).size, sort).toBe(6)
      expect(items, sort).toHaveLength(6)
    }
    const newest = await api.arrangement.list({})
    expect(newest.items[0]).toMatchObject({
      id: decided.arrangementId,
      holder: { organisations: [{ shortName: 'Mindre' }] },
    })
    expect((await api.arrangement.list({ statuses: ['borrower_decision', 'ended'] })).items).toHaveLength(1)
    expect((await api.arrangement.list({ side: 'borrower' })).items).toHaveLength(0)
    expect((await as(county.norberg.person(['officer'])).arrangement.list({ side: 'borrower' })).items).toHaveLength(5)
    expect(
      (await as(county.region.person(['coordinator'])).arrangement.list({ side: 'coordinator' })).items,
    ).toHaveLength(6)
    expect((await api.arrangement.list({ offerIds: [decided.offer.offerId] })).items).toMatchObject([
      { id: decided.arrangementId, offerId: decided.offer.offerId },
    ])
    const asked = proposed.slice(0, 2).map(({ requests }) => requests[0]?.requestId ?? '')
    expect((await api.arrangement.list({ requestIds: asked })).items).toMatchObject([
      { id: proposed[1]?.arrangementId, requestIds: [asked[1]] },
      { id: proposed[0]?.arrangementId, requestIds: [asked[0]] },
    ])
    expect((await api.arrangement.list({ requestIds: [] })).items).toHaveLength(0)
    await expect(api.arrangement.list({ cursor: 'nonsense' })).rejects.toMatchObject({ message: 'page.cursor_invalid' })
  })
})

describe('Att göra', () => {
  const asks = async (api: Api) => (await api.task.list({})).items.map((task) => [task.arrangement.status, task.asks])

  test('an arrangement is found by its number, a diary number, a party, or a competence', async ({ as, hear }) => {
    const county = await anotherCounty(hear, '12')
    await anArrangement({ as, hear, county }, 'proposed')
    const filed = await anArrangement({ as, hear, county }, 'proposed', { borrowers: [county.kungsor] })
    const registrar = as(county.vasteras.person(['registrar']))
    const file = { arrangementId: filed.arrangementId, version: 0, diaryNumber: 'BUN 2026/00417' }
    await registrar.arrangement.setDiaryNumber({ commandKey: randomUUID(), ...file })
    for (const api of [registrar.arrangement, as(county.region.person(['coordinator'])).worklist]) {
      const found = async (...words: SoughtWord[]) => (await api.list({ words })).items.map(({ id }) => id)
      const { reference } = await registrar.arrangement.get(file)
      for (const text of ['bun 2026/00417', reference, 'mindre'])
        await expect(found(word(text)), text).resolves.toEqual([filed.arrangementId])
      await expect(found(word('psykolog'))).resolves.toEqual([])
      await expect(found(word('psykolog', ['skolpsykolog', 'logoped']))).resolves.toHaveLength(2)
      await expect(found(word('logo', ['logoped']))).resolves.toEqual([])
    }
  })

  test('an arrangement is found where every word is, each in any of the ways', async ({ as, hear }) => {
    const county = {
      ...(await anotherCounty(hear, '13')),
      kungsor: await anOrganisation(hear, 'MK', { name: 'Mindre kommun', countyCode: '13' }),
    }
    const first = await anArrangement({ as, hear, county }, 'proposed')
    const second = await anArrangement({ as, hear, county }, 'proposed', { borrowers: [county.kungsor] })
    const registrar = as(county.vasteras.person(['registrar']))
    for (const [{ arrangementId }, diaryNumber] of [
      [first, 'KS 2026/102'],
      [second, 'KS 2026/101'],
    ] as const)
      await registrar.arrangement.setDiaryNumber({ commandKey: randomUUID(), arrangementId, version: 0, diaryNumber })
    const psychologist = word('psykolog', ['skolpsykolog'])
    for (const api of [registrar.arrangement, as(county.region.person(['coordinator'])).worklist]) {
      const found = async (...words: SoughtWord[]) => (await api.list({ words })).items.map(({ id }) => id)
      const only = [second.arrangementId]
      await expect(found(psychologist, word('mindre'))).resolves.toEqual(only)
      await expect(found(psychologist, word('stor'), word('mk'))).resolves.toEqual(only)
      await expect(found(word('KS'), word('2026/101'))).resolves.toEqual(only)
      await expect(found(word('KS'), word('stor'))).resolves.toHaveLength(2)
      await expect(found(psychologist, word('mindre'), word('2026/102'))).resolves.toEqual([])
      await expect(found(word('logo', ['logoped']), word('mindre'))).resolves.toEqual([])
      await expect(found()).resolves.toHaveLength(2)
    }
  })

  test('what waits for me, by my roles and my organisation', async ({ as, hear, on }) => {
    await on(today)
    const county = await anotherCounty(hear, '03')
    const { vasteras, norberg, region } = county
    for (const stage of [
      'proposed',
      'lender_decision',
      'borrower_decision',
      'coordinator_approval',
      'reserving',
      'approved',
    ] as const)
      await anArrangement({ as, hear, county }, stage)

    await expect(asks(as(vasteras.person(['decider'])))).resolves.toEqual([
      ['proposed', ['revise', 'accept', 'decline']],
      ['lender_decision', ['revise', 'decide']],
    ])
    await expect(asks(as(vasteras.person(['officer'])))).resolves.toEqual([
      ['proposed', ['revise', 'accept', 'decline']],
    ])
    await expect(asks(as(norberg.person(['chair'])))).resolves.toEqual([['borrower_decision', ['revise', 'decide']]])
    await expect(asks(as(region.person(['coordinator'])))).resolves.toEqual([
      ['coordinator_approval', ['approve', 'return']],
    ])
    await expect(asks(as(norberg.person(['registrar'])))).resolves.toEqual([['approved', ['diary_number']]])
    await expect(asks(as(norberg.person(['administrator'])))).resolves.toEqual([])
  })

  test('says since when and until when, the most urgent first', async ({ as, hear, on }) => {
    const county = await anotherCounty(hear, '04')
    await on('2026-11-05')
    await anArrangement({ as, hear, county }, 'proposed')
    await on('2026-11-03')
    await anArrangement({ as, hear, county }, 'lender_decision')
    await on('2026-11-18')
    const { items } = await as(county.vasteras.person(['decider'])).task.list({})
    expect(items).toMatchObject([
      {
        arrangement: { status: 'lender_decision' },
        since: expect.stringMatching(/^2026-11-03T/),
        until: '2026-11-17',
        overdue: true,
      },
      {
        arrangement: { status: 'proposed' },
        since: expect.stringMatching(/^2026-11-05T/),
        until: '2026-11-19',
        overdue: false,
      },
    ])
    await on(today)
  })
})

describe('the worklist', () => {
  test('status, age, holder, deadline, reminder and reason, filtered and sorted', async ({ as, hear, on }) => {
    await on(today)
    const county = await anotherCounty(hear, '05')
    const { vasteras, norberg, kungsor, region } = county
    const old = await anArrangement({ as, hear, county }, 'lender_decision')
    await on('2026-11-10')
    const back = await anArrangement({ as, hear, county }, 'coordinator_approval', { borrowers: [kungsor] })
    const coordinator = as(region.person(['coordinator']))
    await coordinator.arrangement.return({ ...onIt(back), reasonCode: 'missing_basis', reasonText: 'Vilken skola?' })
    await on('2026-11-12')
    await anArrangement({ as, hear, county }, 'coordinator_approval')
    const remind = async (arrangementId: string, date: string | null, note = '') => {
      const { followUp } = await coordinator.arrangement.get({ arrangementId })
      const seen = { arrangementId, version: followUp?.version ?? 0 }
      await coordinator.worklist.setFollowUp({ commandKey: randomUUID(), ...seen, date, note })
    }
    await remind(back.arrangementId, '2026-11-13', 'Ring Mindre.')

    const all = await coordinator.worklist.list({})
    expect(all.counts).toEqual(
      expect.arrayContaining([
        { status: 'lender_decision', count: 1 },
        { status: 'proposed', count: 1 },
        { status: 'coordinator_approval', count: 1 },
      ]),
    )
    expect(all.holders.map(({ shortName }) => shortName)).toEqual(['Mindre', 'Region Väst', 'Stor'])
    expect(all.items).toMatchObject([
      {
        id: old.arrangementId,
        ageInDays: 10,
        hoursPerWeek: 8,
        holder: { organisations: [{ shortName: 'Stor' }], until: '2026-11-16' },
        overdue: false,
      },
      {
        reason: { code: 'missing_basis', text: 'Vilken skola?' },
        followUpDate: '2026-11-13',
        followUpNote: 'Ring Mindre.',
        overdue: false,
      },
      { status: 'coordinator_approval', ageInDays: 0, followUpDate: null },
    ])
    const ids = async (input: Parameters<Api['worklist']['list']>[0]) =>
      (await coordinator.worklist.list(input)).items.map(({ reference }) => Number(reference.slice(-4)))
    await expect(ids({ statuses: ['proposed'] })).resolves.toEqual([2])
    await expect(ids({ holderId: vasteras.id })).resolves.toEqual([1, 2])
    // Who is chosen stands among those to choose from, also once nothing waits for them any more.
    const { holders } = await coordinator.worklist.list({ holderId: norberg.id })
    expect(holders.map(({ shortName }) => shortName)).toEqual(['Liten', 'Mindre', 'Region Väst', 'Stor'])
    await expect(ids({ words: [word('mindre')] })).resolves.toEqual([2])
    await expect(ids({ words: [word('2026-0003')] })).resolves.toEqual([3])
    await expect(ids({ words: [word('%')] })).resolves.toEqual([])
    await expect(ids({ words: [word('%', ['skolpsykolog'])] })).resolves.toEqual([1, 2, 3])
    await expect(ids({ sort: 'follow_up' })).resolves.toEqual([2, 1, 3])
    await expect(ids({ sort: 'oldest' })).resolves.toEqual([1, 2, 3])
    await expect(ids({ sort: 'latest_change' })).resolves.toEqual([3, 2, 1])
    for (const sort of ['deadline', 'follow_up', 'oldest', 'latest_change'] as const)
      await expect(
        pages((cursor) => coordinator.worklist.list({ limit: 1, sort, ...(cursor && { cursor }) })),
      ).resolves.toHaveLength(3)

    await expect(ids({ overdue: true })).resolves.toEqual([])
    await on('2026-11-17')
    await expect(ids({ overdue: true })).resolves.toEqual([1, 2])
    const due = async () => (await coordinator.worklist.list({ sort: 'oldest' })).items.map((item) => item.followUpDue)
    await expect(due()).resolves.toEqual([false, true, false])
    // Also where the deadline has passed: one does not hide the other.
    await remind(old.arrangementId, '2026-11-17')
    await expect(due()).resolves.toEqual([true, true, false])
    await remind(old.arrangementId, null)
    await remind(back.arrangementId, null)
    await expect(ids({ overdue: true })).resolves.toEqual([1])
    await on(today)

    await expect(
      as(norberg.person(['coordinator'])).worklist.setFollowUp({
        commandKey: randomUUID(),
        arrangementId: old.arrangementId,
        version: 0,
        date: null,
      }),
    ).rejects.toMatchObject({
      message: 'arrangement.not_the_coordinator',
    })
    await expect(coordinator.arrangement.get(old)).resolves.toMatchObject({
      followUp: { date: null, note: '', version: 2 },
    })
    await expect(as(vasteras.person(['officer'])).arrangement.get(old)).resolves.toMatchObject({ followUp: null })
  })

  test('the reminder is read by coordinators, and by nobody else of their region', async ({ as, hear, county }) => {
    const { region } = county
    const { arrangementId } = await anArrangement({ as, hear, county }, 'proposed')
    const reminder = { date: '2027-02-01', note: 'Hör om de menar allvar.' }
    await as(region.person(['coordinator'])).worklist.setFollowUp({
      commandKey: randomUUID(),
      arrangementId,
      version: 0,
      ...reminder,
    })
    const read = async (role: Role) => (await as(region.person([role])).arrangement.get({ arrangementId })).followUp
    await expect(read('coordinator')).resolves.toEqual({ ...reminder, version: 1 })
    for (const role of ['officer', 'decider', 'registrar', 'administrator'] as const)
      await expect(read(role), role).resolves.toBeNull()
  })
})

describe('diary numbers', () => {
  test('each authority has its own, and all concerned read them', async ({ as, hear, county }) => {
    const { vasteras, norberg, region } = county
    const it = await anArrangement({ as, hear, county }, 'approved')
    const set = (actor: Actor, diaryNumber: string | null, version = 0) =>
      as(actor).arrangement.setDiaryNumber({ ...onIt(it), version, diaryNumber })
    await set(vasteras.person(['registrar']), 'BUN 2026/0412')
    await set(norberg.person(['registrar']), 'KS 26-77')
    const view = await as(region.person(['coordinator'])).arrangement.get(it)
    expect(view.parties.map(({ diaryNumber }) => diaryNumber)).toEqual(['BUN 2026/0412', 'KS 26-77'])
    expect(view.version, 'it is no move').toBe(it.version)
    await set(norberg.person(['registrar']), null, 1)
    await expect(as(norberg.person(['registrar'])).arrangement.get(it)).resolves.toMatchObject({
      maySetDiaryNumber: true,
      parties: [{}, { diaryNumber: null }],
    })
    const { items } = await as(norberg.person(['registrar'])).audit.list({ subjectId: it.arrangementId, limit: 1 })
    expect(items).toMatchObject([
      {
        command: 'arrangement.setDiaryNumber',
        before: { reference: it.view.reference, diaryNumber: 'KS 26-77' },
        after: { reference: it.view.reference, diaryNumber: null },
      },
    ])
    await expect(set(region.person(['registrar']), 'RV 1')).rejects.toMatchObject({
      message: 'arrangement.not_a_party',
    })
    await expect(set(vasteras.person(['officer']), 'X')).rejects.toMatchObject({ message: 'auth.role_needed' })
  })
})

describe('figures', () => {
  test('durations and refusals are counted from the log, and the age of what is open stands beside', async ({
    db,
    as,
    hear,
    on,
  }) => {
    const county = await anotherCounty(hear, '06')
    const { vasteras, norberg, region } = county
    await on('2026-11-06')
    const offer = await anOffer(hear, vasteras)
    const request = await aRequest(hear, norberg)
    let receipt = await as(norberg.person(['officer'])).arrangement.propose(aProposal(offer, [request]))
    receipt = await as(vasteras.person(['decider'])).arrangement.accept(onIt(receipt))
    await on('2026-11-09')
    receipt = await as(vasteras.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
    await on('2026-11-11')
    receipt = await as(norberg.person(['decider'])).arrangement.decide({ ...onIt(receipt), ...yes })
    await as(region.person(['coordinator'])).arrangement.approve(onIt(receipt))
    await reserve(hear, vasteras, offer, receipt.arrangementId)
    const declined = await anArrangement({ as, hear, county }, 'proposed')
    await as(vasteras.person(['officer'])).arrangement.decline({ ...onIt(declined), ...because, reasonCode: 'cost' })
    await anArrangement({ as, hear, county }, 'proposed')
    await on('2026-11-14')

    const stats = await as(region.person(['coordinator'])).stats.summary({})
    expect(stats.requestToProposal).toMatchObject({ n: 3 })
    expect(stats.proposalToDecision).toEqual({ n: 1, median: 5, lowerQuartile: 5, upperQuartile: 5 })
    expect(stats.decisionToStart).toEqual({ n: 0, median: null, lowerQuartile: null, upperQuartile: null })
    expect(stats.openAge).toMatchObject({ n: 1, median: 3 })
    expect(stats.refusals).toEqual([{ move: 'decline', reasonCode: 'cost', count: 1 }])
    expect(stats.byStatus).toEqual([
      { status: 'approved', count: 1 },
      { status: 'declined', count: 1 },
      { status: 'proposed', count: 1 },
    ])
    const none = await as(region.person(['coordinator'])).stats.summary({
      period: { from: '2026-12-01', to: '2027-01-01' },
    })
    expect(none).toMatchObject({ openAge: { n: 0, median: null }, byStatus: [] })
    await on('2027-01-11')
    await runClock({ db })
    await expect(as(norberg.person(['officer'])).stats.summary({})).resolves.toMatchObject({
      decisionToStart: { n: 1, median: 61 },
    })
    await on(today)
  })

  test('flows are the hours promised from one to another, on a day or from today on', async ({ as, hear, on }) => {
    await on(today)
    const county = await anotherCounty(hear, '07')
    const { vasteras, norberg, kungsor, region } = county
    const ending = await anArrangement({ as, hear, county }, 'approved')
    await anArrangement({ as, hear, county }, 'approved', { borrowers: [norberg, kungsor] })
    await anArrangement({ as, hear, county }, 'coordinator_approval')
    const coordinator = as(region.person(['coordinator']))
    const flows = async (api: Api, day?: string) => {
      const { items } = await api.flow.list(day ? { day } : {})
      return Object.fromEntries(items.map(({ borrower, hoursPerWeek }) => [borrower.shortName, hoursPerWeek]))
    }
    await expect(flows(coordinator)).resolves.toEqual({ Liten: 16, Mindre: 8 })
    // The second is in both flows, and is one arrangement.
    await expect(coordinator.flow.list({})).resolves.toMatchObject({ arrangements: 2 })
    await expect(flows(as(kungsor.person(['officer'])))).resolves.toEqual({ Liten: 8, Mindre: 8 })
    // As many hours: then by name.
    expect(Object.keys(await flows(as(kungsor.person(['officer']))))).toEqual(['Liten', 'Mindre'])
    await expect(flows(coordinator, '2026-12-01')).resolves.toEqual({})
    await as(vasteras.person(['decider'])).arrangement.end({
      ...onIt(ending),
      lastDay: '2027-02-26',
      reasonCode: 'capacity_gone',
    })
    await expect(flows(coordinator, '2027-02-26')).resolves.toEqual({ Liten: 16, Mindre: 8 })
    await expect(flows(coordinator, '2027-02-27')).resolves.toEqual({ Liten: 8, Mindre: 8 })
  })

  test('who supports the process reads a county in sums, and nothing of any one in it', async ({ as, hear, on }) => {
    await on(today)
    const county = await anotherCounty(hear, '09')
    const { norberg, kungsor, region } = county
    await anArrangement({ as, hear, county }, 'approved', { borrowers: [norberg, kungsor] })
    const one = await anArrangement({ as, hear, county }, 'proposed')
    const skr = await anOrganisation(hear, 'SKR', { kind: 'national_association', countyCode: null })
    const support = as(skr.person(['process_support']))
    const figures = await support.stats.county({ county: '09' })
    const coordinator = as(region.person(['coordinator']))
    expect(figures.stats).toEqual(await coordinator.stats.summary({}))
    expect(figures.stats.byStatus).toEqual([
      { status: 'approved', count: 1 },
      { status: 'proposed', count: 1 },
    ])
    expect(figures.flow).toEqual({ hoursPerWeek: 16, arrangements: 1, lenders: 1, borrowers: 2 })
    expect(JSON.stringify(figures)).not.toMatch(/[0-9a-f]{8}-|Stor|Liten|Mindre/)

    await expect(support.stats.county({ county: '11' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(support.arrangement.get({ arrangementId: one.arrangementId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(support.flow.list({})).resolves.toEqual({ items: [], arrangements: 0 })
    await expect(coordinator.stats.county({ county: '09' })).rejects.toMatchObject({ message: 'auth.role_needed' })
  })

  test('hours that differ between terms flow as the most of them, and on a day as that day', async ({
    as,
    hear,
    on,
  }) => {
    await on(today)
    const county = await anotherCounty(hear, '08')
    const inTerms = (share: ShareInput): ShareInput[] => [
      { ...share, period: { from: '2027-01-11', to: '2027-03-15' }, hoursPerWeek: 6 },
      { ...share, period: { from: '2027-03-15', to: '2027-06-12' }, hoursPerWeek: 10 },
    ]
    await anArrangement({ as, hear, county }, 'approved', { inTerms })
    const { flow } = as(county.region.person(['coordinator']))
    expect((await flow.list({})).items).toMatchObject([{ hoursPerWeek: 10, arrangements: 1 }])
    expect((await flow.list({ day: '2027-02-01' })).items).toMatchObject([{ hoursPerWeek: 6 }])
  })

  test('arrangements that follow each other flow as the most there is at a time, and not as all of them together', async ({
    as,
    hear,
    on,
  }) => {
    await on(today)
    const county = await anotherCounty(hear, '14')
    const terms = [
      { from: '2026-11-02', to: '2026-12-19' },
      { from: '2027-01-11', to: '2027-03-15' },
      { from: '2027-03-01', to: '2027-06-12' },
    ]
    for (const [index, period] of terms.entries())
      await anArrangement({ as, hear, county }, 'approved', { period, hours: 8 - index * 2 })
    const { flow } = as(county.region.person(['coordinator']))
    // 8 before the new year; then 6, 6 and 4 for a while, and 4.
    expect((await flow.list({})).items).toMatchObject([{ hoursPerWeek: 10, arrangements: 3 }])
    expect((await flow.list({ day: '2026-12-01' })).items).toMatchObject([{ hoursPerWeek: 8, arrangements: 1 }])
    expect((await flow.list({ day: '2027-03-05' })).items).toMatchObject([{ hoursPerWeek: 10, arrangements: 2 }])
    await on('2027-03-16')
    expect((await flow.list({})).items).toMatchObject([{ hoursPerWeek: 4, arrangements: 1 }])
    await on(today)
  })
})

describe('history', () => {
  test('every move is in the log of whoever made it, and read by all concerned without the person', async ({
    db,
    as,
    hear,
    county,
  }) => {
    const { vasteras, norberg, region, kungsor } = county
    const it = await anArrangement({ as, hear, county }, 'approved')
    const read = async (actor: Actor) => (await as(actor).audit.list({ subjectId: it.arrangementId })).items
    const own = await read(norberg.person(['registrar']))
    expect(own.map(({ command, organisation }) => [command, organisation?.shortName])).toEqual([
      ['arrangement.reserve', 'Västerås'],
      ['arrangement.approve', 'Region Västmanland'],
      ['arrangement.decide', 'Norberg'],
      ['arrangement.decide', 'Västerås'],
      ['arrangement.accept', 'Västerås'],
      ['arrangement.propose', 'Norberg'],
    ])
    expect(own.map(({ personId }) => personId !== null)).toEqual([false, false, true, false, false, true])
    expect(own[2]).toMatchObject({
      before: { status: 'borrower_decision', version: 3 },
      after: {
        status: 'coordinator_approval',
        version: 4,
        decision: 'yes',
        delegationReference: 'Delegationsordning 4.2',
        noConflictOfInterest: true,
      },
    })
    expect(await read(region.person(['coordinator']))).toHaveLength(6)
    expect(await read(vasteras.person(['officer']))).toHaveLength(6)
    expect(await read(kungsor.person(['registrar']))).toHaveLength(0)

    const registrar = as(norberg.person(['registrar']))
    const whole = await registrar.audit.verify()
    expect(whole).toMatchObject({ brokenAt: null })
    expect(whole.entries).toBeGreaterThanOrEqual(2)
    await expect(as(norberg.person(['officer'])).audit.verify()).rejects.toMatchObject({ message: 'auth.role_needed' })
    expect(JSON.stringify(own)).not.toContain('skolpsykolog.')
    await expect(asActor(db, norberg.person(roles), (tx) => sql`delete from audit`.execute(tx))).rejects.toThrow(
      'permission denied',
    )
  })

  test('no event carries words that people wrote, or a person', async ({ db, as, hear, county }) => {
    const it = await anArrangement({ as, hear, county }, 'borrower_decision')
    const words = 'Personliga ord'
    await as(county.norberg.person(['decider'])).arrangement.decide({
      ...onIt(it),
      ...yes,
      decision: 'no',
      reasonCode: 'other',
      reasonText: words,
    })
    const rows = await db.selectFrom('outbox').selectAll().where('aggregate_id', '=', it.arrangementId).execute()
    expect(rows.length).toBeGreaterThan(3)
    const text = JSON.stringify(rows)
    for (const secret of [words, 'Gärna måndagar', 'egen skolpsykolog', 'Delegationsordning'])
      expect(text).not.toContain(secret)
    const people = await asActor(db, county.norberg.person(roles), (tx) =>
      tx.selectFrom('step').select('person_id').where('arrangement_id', '=', it.arrangementId).execute(),
    )
    for (const { person_id } of people) if (person_id) expect(text).not.toContain(person_id)
  })
})
