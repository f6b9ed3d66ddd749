import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { closeWhatIsOver } from '../src/app/close-what-is-over.ts'
import { key, offerDetails, publishedOffer, publishedRequest, requestDetails, spring } from './builders.ts'
import { kungsor, norberg, sala, test, vasteras } from './fixture.ts'

const never = new AbortController().signal

/** Details that need not make sense. */
function changed(change: object): ReturnType<typeof offerDetails> {
  return { ...offerDetails(), ...change }
}

test('a repeated command gives the first result and changes nothing', async ({ as }) => {
  const api = as(vasteras)
  const command = { ...key(), details: offerDetails() }
  const first = await api.offer.publish(command)
  expect(await api.offer.publish(command)).toEqual(first)
  const pause = { ...key(), offerId: first.id, version: 1 }
  const both = await Promise.all([1, 2, 3].map(() => api.offer.pause(pause)))
  expect(both.map(({ version }) => version)).toEqual([2, 2, 2])
})

test('a key used again for something else is refused', async ({ as }) => {
  const api = as(vasteras)
  const command = { ...key(), details: offerDetails() }
  await api.offer.publish(command)
  await expect(api.offer.publish({ ...command, details: offerDetails({ slice: 2 }) })).rejects.toThrow(
    'command.key_reused',
  )
})

test('a stale edit is a conflict that shows what has changed since it was read', async ({ as }) => {
  const api = as(vasteras)
  const { id: offerId } = await publishedOffer(api, { description: 'Först' })
  await api.offer.change({ ...key(), offerId, version: 1, details: offerDetails({ description: 'Sedan', slice: 2 }) })
  await api.offer.pause({ ...key(), offerId, version: 2 })
  const mine = offerDetails({ description: 'Mitt', travelKm: 10 })
  await expect(api.offer.change({ ...key(), offerId, version: 1, details: mine })).rejects.toMatchObject({
    code: 'CONFLICT',
    cause: {
      code: 'offer.stale',
      details: { seen: 1, version: 3, status: 'paused', changed: { description: 'Sedan', slice: 2, status: 'paused' } },
    },
  })
  const stale = api.offer.change({ ...key(), offerId, version: 2, details: mine })
  await expect(stale).rejects.toMatchObject({ cause: { details: { changed: { status: 'paused' } } } })
  const seen: unknown = await stale.catch((error: Error) => error.cause)
  expect(seen).toHaveProperty('details.changed', { status: 'paused' })
  expect(await api.offer.draftGet({ offerId })).toMatchObject({ version: 3, details: { description: 'Sedan' } })
})

test('of two who save the same draft one is told of the other', async ({ as }) => {
  const api = as(norberg)
  const { id: requestId } = await api.request.saveDraft({ ...key(), details: {} })
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map((title) => api.request.saveDraft({ ...key(), requestId, version: 1, details: { title } })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const late = api.request.saveDraft({ ...key(), requestId, version: 1, details: {} })
  const seen: unknown = await late.catch((error: Error) => error.cause)
  expect(seen).toHaveProperty('details.changed', { title: expect.stringMatching(/^[abc]$/) })
})

test('of what a draft says the log keeps no word, only where something was written; of what is published, all', async ({
  as,
  admin,
}) => {
  const api = as(norberg)
  const details = requestDetails({ ifNobodyHelps: 'Eleven 850101-1236 väntar.' })
  const { id: requestId } = await api.request.saveDraft({ ...key(), details: { title: 'Till Eva Ek' } })
  await api.request.saveDraft({ ...key(), requestId, version: 1, details })
  await api.request.saveDraft({ ...key(), requestId, version: 2, details: { ...details, ifNobodyHelps: 'De väntar.' } })
  await api.request.publish({ ...key(), requestId, version: 3 })
  const { items } = await api.audit.list({ subjectId: requestId })
  const [published, ...drafts] = items
  expect(published).toMatchObject({
    before: { status: 'draft', ifNobodyHelps: null },
    after: { status: 'published', ifNobodyHelps: 'De väntar.', least: 4 },
  })
  expect(drafts.map(({ after }) => after)).toEqual([
    { version: 3, fields: ['ifNobodyHelps'] },
    { version: 2, fields: expect.arrayContaining(['title', 'ifNobodyHelps']) },
    { status: 'draft', version: 1, fields: ['title'] },
  ])
  const thrown = await api.request.saveDraft({ ...key(), details })
  await api.request.discardDraft({ ...key(), requestId: thrown.id, version: 1 })
  const { rows } = await sql`select from audit where concat(before, after) ~ 'Eva Ek|850101'`.execute(admin)
  expect(rows).toEqual([])
})

test("another organisation's draft is not found, whatever is done with it", async ({ as }) => {
  const { id } = await as(vasteras).offer.saveDraft({ ...key(), details: offerDetails() })
  const other = as(norberg)
  const on = { ...key(), offerId: id, version: 1 }
  for (const attempt of [
    () => other.offer.draftGet({ offerId: id }),
    () => other.offer.get({ offerId: id }),
    () => other.offer.saveDraft({ ...on, ...key(), details: {} }),
    () => other.offer.publish({ ...on, ...key() }),
    () => other.offer.discardDraft({ ...on, ...key() }),
    () => other.ledger.get({ offerId: id }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
  expect((await other.offer.mine({})).items).toEqual([])
  expect((await other.audit.list({ subjectId: id })).items).toEqual([])
  expect(await as(vasteras).offer.draftGet({ offerId: id })).toMatchObject({ version: 1 })
})

test("another organisation's published offer is read but not moved", async ({ as }) => {
  const { id: offerId } = await publishedOffer(as(vasteras))
  const other = as(norberg)
  expect(await other.offer.get({ offerId })).toMatchObject({ id: offerId })
  const on = { offerId, version: 1 }
  for (const attempt of [
    () => other.offer.change({ ...on, ...key(), details: offerDetails() }),
    () => other.offer.pause({ ...on, ...key() }),
    () => other.offer.withdraw({ ...on, ...key() }),
    () => other.offer.confirm({ ...on, ...key() }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
  }
})

test.for(['decider', 'chair', 'registrar', 'administrator', 'coordinator', 'process_support'] as const)(
  'a %s reads, but neither drafts nor publishes',
  async (role, { as }) => {
    const api = as(vasteras, role)
    await expect(publishedOffer(api)).rejects.toMatchObject({ code: 'FORBIDDEN', cause: { code: 'auth.role_needed' } })
    await expect(api.request.saveDraft({ ...key(), details: {} })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await api.offer.list({})
    await api.task.list({})
  },
)

test('a manager publishes as an officer does', async ({ as }) => {
  expect(await publishedRequest(as(norberg, 'manager'))).toMatchObject({ status: 'published' })
})

test('a draft is thrown away, and only a draft', async ({ as }) => {
  const api = as(sala)
  const { id: offerId } = await api.offer.saveDraft({ ...key(), details: { title: 'Bort' } })
  await api.offer.discardDraft({ ...key(), offerId, version: 1 })
  await expect(api.offer.draftGet({ offerId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const published = await publishedOffer(api)
  await expect(api.offer.discardDraft({ ...key(), offerId: published.id, version: 1 })).rejects.toThrow(
    'offer.move_not_allowed',
  )
})

test('paused, it is out of the lists until it is resumed; withdrawn, for good', async ({ as, admin }) => {
  const api = as(sala)
  const { id: requestId } = await publishedRequest(api)
  const listed = async () => (await as(norberg).request.list({ organisationIds: [sala.organisationId] })).items.length
  expect(await listed()).toBe(1)
  await api.request.pause({ ...key(), requestId, version: 1 })
  expect(await listed()).toBe(0)
  expect(await as(norberg).request.get({ requestId })).toMatchObject({ status: 'paused', version: 2 })
  await api.request.resume({ ...key(), requestId, version: 2 })
  expect(await listed()).toBe(1)
  await api.request.withdraw({ ...key(), requestId, version: 3 })
  expect(await listed()).toBe(0)
  await expect(api.request.resume({ ...key(), requestId, version: 4 })).rejects.toThrow('request.move_not_allowed')
  const events = await admin
    .selectFrom('outbox')
    .select(['type', 'data'])
    .where('aggregate_id', '=', requestId)
    .orderBy('sequence')
    .execute()
  expect(events).toMatchObject([
    { type: 'marketplace.request_published.v1' },
    { type: 'marketplace.request_withdrawn.v1', data: { reason: 'paused' } },
    { type: 'marketplace.request_published.v1' },
    { type: 'marketplace.request_withdrawn.v1', data: { reason: 'withdrawn' } },
  ])
})

test('what is changed while it is paused is told when it is resumed', async ({ as, admin }) => {
  const api = as(vasteras)
  const { id: offerId } = await publishedOffer(api)
  await api.offer.pause({ ...key(), offerId, version: 1 })
  await api.offer.change({ ...key(), offerId, version: 2, details: offerDetails({ slice: 2 }) })
  await api.offer.confirm({ ...key(), offerId, version: 3 })
  await api.offer.resume({ ...key(), offerId, version: 4 })
  const events = await admin
    .selectFrom('outbox')
    .select(['type', 'data'])
    .where('aggregate_id', '=', offerId)
    .orderBy('sequence')
    .execute()
  expect(events.map(({ type }) => type)).toEqual([
    'marketplace.offer_published.v1',
    'marketplace.offer_withdrawn.v1',
    'marketplace.offer_published.v1',
  ])
  expect(events[2]).toMatchObject({ data: { slice: 2, version: 5 } })
})

test('what is published is changed, and everybody sees it', async ({ as, admin }) => {
  const api = as(kungsor)
  const { id: requestId } = await publishedRequest(api)
  const details = requestDetails({
    requiredCompetences: ['logoped'],
    placeMunicipality: '1962',
    segments: [{ period: spring, hoursPerWeek: 6 }],
  })
  await api.request.change({ ...key(), requestId, version: 1, details })
  expect(await as(norberg).request.get({ requestId })).toMatchObject({
    version: 2,
    hoursPerWeek: 6,
    requiredCompetences: [{ sv: 'Logoped' }],
    at: { code: '1962', name: 'Norberg' },
  })
  await api.request.change({ ...key(), requestId, version: 2, details: { ...details, placeMunicipality: null } })
  expect(await as(norberg).request.get({ requestId })).toMatchObject({ at: null })
  const last = await admin
    .selectFrom('outbox')
    .select(['type', 'data'])
    .where('aggregate_id', '=', requestId)
    .orderBy('sequence', 'desc')
    .executeTakeFirst()
  expect(last).toMatchObject({
    type: 'marketplace.request_changed.v1',
    data: { requiredCompetences: ['logoped'], version: 3 },
  })
})

test.for([
  [
    { segments: [{ period: { from: '2027-06-11', to: '2027-01-11' }, hoursPerWeek: 8 }] },
    'segments.0.period.to',
    'period.ends_before_start',
  ],
  [
    { segments: [{ period: { from: '2027-01-09', to: '2027-01-11' }, hoursPerWeek: 8 }] },
    'segments.0.period.to',
    'period.no_weekday',
  ],
  [{ segments: [{ period: spring, hoursPerWeek: 8.1 }] }, 'segments.0.hoursPerWeek', 'hours.not_quarters'],
  [
    {
      segments: [
        { period: spring, hoursPerWeek: 8 },
        { period: spring, hoursPerWeek: 8 },
      ],
    },
    'segments.1.period.from',
    'segments.overlap',
  ],
  [{ segments: [] }, 'segments', 'segments.required'],
  [{ slice: 17 }, 'slice', 'slice.more_than_offered'],
  [{ reserveFloor: 16 }, 'reserveFloor', 'reserve_floor.leaves_nothing'],
  [{ travelKm: null }, 'travelKm', 'travel.required'],
  [{ orePerHour: null }, 'orePerHour', 'cost.required'],
  [{ otherCompetences: ['skolpsykolog'] }, 'otherCompetences', 'competence.repeated'],
  [{ totalHours: 100 }, 'totalHours', 'hours.not_spread'],
] as const)('details %j are refused, and a draft of them is told why', async ([change, path, code], { as }) => {
  const details = changed(change)
  await expect(publishedOffer(as(vasteras), details)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  const { id: offerId } = await as(vasteras).offer.saveDraft({ ...key(), details })
  const { problems } = await as(vasteras).offer.draftGet({ offerId })
  expect(problems).toMatchObject({ [path]: { code } })
  await expect(as(vasteras).offer.publish({ ...key(), offerId, version: 1 })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    cause: { code: 'offer.incomplete', details: { fields: { [`details.${path}`]: { code } } } },
  })
})

test('a field that nobody asks for changes nothing, whatever it is called (ASVS 15.3.3)', async ({ as, admin }) => {
  const strange = {
    organisationId: norberg.organisationId,
    personId: randomUUID(),
    status: 'withdrawn',
    reference: 'E1',
  }
  const details = { ...offerDetails(), ...strange, closes: '2030-01-01' }
  const saved = await as(vasteras).offer.saveDraft({ ...key(), ...strange, details })
  const {
    id: offerId,
    version,
    reference,
  } = await as(vasteras).offer.publish({
    ...key(),
    ...strange,
    offerId: saved.id,
    version: saved.version,
  })
  expect(reference).not.toBe(strange.reference)
  const kept = await admin.selectFrom('offer').selectAll().where('id', '=', offerId).executeTakeFirstOrThrow()
  expect(kept).toMatchObject({ organisation_id: vasteras.organisationId, status: 'published', version })
  expect(Object.keys(kept.details).toSorted()).toEqual(Object.keys(offerDetails()).toSorted())
})

test('text that cannot be kept is refused at every door', async ({ as }) => {
  for (const text of ['a\0b', '\ud800']) {
    const details = offerDetails({ description: text })
    await expect(publishedOffer(as(vasteras), details)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(as(vasteras).offer.saveDraft({ ...key(), details })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(as(vasteras).offer.list({ text })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(as(vasteras).competence.suggest({ text })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  }
  await expect(publishedOffer(as(vasteras), { title: 'a'.repeat(121) })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
})

test('a title is one line of something that is seen, and turns nothing that is written after it', async ({ as }) => {
  for (const title of ['\u200b', 'Kurator\nLogoped', '\u202e', '']) {
    await expect(publishedOffer(as(vasteras), { title })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    await expect(publishedRequest(as(vasteras), { title })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  }
  const { id: offerId } = await publishedOffer(as(vasteras), { title: 'Kurator\u202e' })
  expect(await as(norberg).offer.get({ offerId })).toMatchObject({ title: 'Kurator' })
})

test.for([
  [{ mainCompetence: 'trollkarl' }, 'mainCompetence', 'competence.unknown'],
  [{ placeMunicipality: '9999' }, 'placeMunicipality', 'municipality.unknown'],
  [{ openUntil: '2026-11-22' }, 'openUntil', 'open_until.past'],
  [{ confirmedUntil: '2026-11-22' }, 'confirmedUntil', 'confirmed_until.past'],
  [
    { segments: [{ period: { from: '2026-10-01', to: '2026-11-23' }, hoursPerWeek: 16 }] },
    'segments.0.period.to',
    'period.over',
  ],
] as const)('details %j are refused, since %s is %s', async ([change, path, code], { as, onDay }) => {
  await onDay('2026-11-23')
  const details = changed(change)
  await expect(publishedOffer(as(vasteras), details)).rejects.toMatchObject({
    code: 'BAD_REQUEST',
    cause: { code: 'offer.incomplete', details: { fields: { [`details.${path}`]: { code } } } },
  })
})

test('what is over expires by the database clock, and is told', async ({ as, services, onDay, admin }) => {
  await onDay('2027-01-01')
  const offer = await publishedOffer(as(vasteras))
  const early = await publishedOffer(as(vasteras), { openUntil: '2027-02-01' })
  const request = await publishedRequest(as(norberg))
  await as(norberg).request.pause({ ...key(), requestId: request.id, version: 1 })
  const statuses = async () => [
    (await as(sala).offer.get({ offerId: offer.id })).status,
    (await as(sala).offer.get({ offerId: early.id })).status,
    (await as(sala).request.get({ requestId: request.id })).status,
  ]
  await onDay('2027-02-01')
  await closeWhatIsOver(services, never)
  expect(await statuses()).toEqual(['published', 'published', 'paused'])
  await onDay('2027-02-02')
  await closeWhatIsOver(services, never)
  expect(await statuses()).toEqual(['published', 'expired', 'paused'])
  await onDay('2027-06-12')
  // Two processes at once.
  await Promise.all([closeWhatIsOver(services, never), closeWhatIsOver(services, never)])
  expect(await statuses()).toEqual(['expired', 'expired', 'expired'])
  const events = await admin
    .selectFrom('outbox')
    .select('data')
    .where('aggregate_id', '=', offer.id)
    .orderBy('sequence')
    .execute()
  expect(events.map(({ data }) => data.reason)).toEqual([undefined, 'expired'])
})

test('an offer its owner no longer stands by is shown as stale, until it is confirmed', async ({
  as,
  services,
  onDay,
}) => {
  await onDay('2027-01-01')
  const { id: offerId } = await publishedOffer(as(kungsor), { confirmedUntil: '2027-02-01' })
  const stale = async () => (await as(norberg).offer.get({ offerId })).stale
  await onDay('2027-02-01')
  await closeWhatIsOver(services, never)
  expect(await stale()).toBe(false)
  await onDay('2027-02-02')
  await closeWhatIsOver(services, never)
  expect(await stale()).toBe(true)
  expect((await as(kungsor).offer.mine({})).items[0]).toMatchObject({ id: offerId, stale: true })
  await expect(as(kungsor).offer.confirm({ ...key(), offerId, version: 1, until: '2027-02-01' })).rejects.toThrow(
    'offer.incomplete',
  )
  await as(kungsor).offer.confirm({ ...key(), offerId, version: 1 })
  expect(await as(norberg).offer.get({ offerId })).toMatchObject({
    stale: false,
    confirmedUntil: '2027-05-03',
    version: 2,
  })
})

test('an offer its owner no longer stands by is changed without a word about that, and is no more confirmed by it', async ({
  as,
  services,
  onDay,
}) => {
  await onDay('2027-01-02')
  const api = as(kungsor)
  const { id: offerId } = await publishedOffer(api, { confirmedUntil: '2027-02-01' })
  await onDay('2027-02-02')
  await closeWhatIsOver(services, never)
  const details = (change: Parameters<typeof offerDetails>[0]) =>
    offerDetails({ confirmedUntil: '2027-02-01', ...change })
  const { version } = await api.offer.change({ ...key(), offerId, version: 1, details: details({ title: 'Nytt' }) })
  expect(await as(norberg).offer.get({ offerId })).toMatchObject({ title: 'Nytt', stale: true })
  const earlier = { ...key(), offerId, version, details: details({ confirmedUntil: '2027-01-31' }) }
  await expect(api.offer.change(earlier)).rejects.toMatchObject({
    cause: { details: { fields: { 'details.confirmedUntil': { code: 'confirmed_until.past' } } } },
  })
})

test('an offer that says no date stands for ninety days', async ({ as, onDay }) => {
  await onDay('2027-01-01')
  const { id: offerId } = await publishedOffer(as(kungsor))
  expect(await as(norberg).offer.get({ offerId })).toMatchObject({ confirmedUntil: '2027-04-01' })
})

test('an offer that begins later stands until it does', async ({ as, onDay }) => {
  await onDay('2027-01-01')
  const autumn = [{ period: { from: '2027-08-16', to: '2027-12-18' }, hoursPerWeek: 16 }]
  const { id: offerId } = await publishedOffer(as(kungsor), { segments: autumn })
  const { version, confirmedUntil } = await as(kungsor).offer.get({ offerId })
  expect(confirmedUntil).toBe('2027-08-16')
  await as(kungsor).offer.confirm({ ...key(), offerId, version, until: '2027-02-01' })
  await as(kungsor).offer.confirm({ ...key(), offerId, version: version + 1 })
  expect(await as(kungsor).offer.get({ offerId })).toMatchObject({ confirmedUntil: '2027-08-16' })
})

test('the own are listed with drafts, last changed first, a page at a time', async ({ as }) => {
  const api = as(norberg, 'manager')
  const draft = await api.offer.saveDraft({
    ...key(),
    details: {
      mainCompetence: 'logoped',
      segments: [{ period: { from: '2027-01-11', to: '2027-06-' }, hoursPerWeek: 7 }],
    },
  })
  const offer = await publishedOffer(api)
  const first = await api.offer.mine({ limit: 1 })
  expect(first.items).toMatchObject([
    { id: offer.id, status: 'published', mostLeft: 16, mainCompetence: { sv: 'Skolpsykolog' } },
  ])
  const rest = await api.offer.mine({ limit: 1, cursor: first.next ?? '' })
  expect(rest).toMatchObject({
    items: [{ id: draft.id, status: 'draft', hoursPerWeek: 7, period: null, mainCompetence: { sv: 'Logoped' } }],
    next: null,
  })
  expect((await api.offer.mine({ statuses: ['draft'] })).items.map(({ id }) => id)).toEqual([draft.id])
})

test('one’s own among them are told from what colleagues have begun, also when these change it', async ({ as }) => {
  const [one, colleague] = [as(kungsor), as(kungsor)]
  const { id } = await one.request.saveDraft({ ...key(), details: {} })
  await colleague.request.saveDraft({ ...key(), details: {} })
  await colleague.request.saveDraft({ ...key(), requestId: id, version: 1, details: { title: 'Logoped' } })
  expect((await one.request.mine({ begunByMe: true })).items.map((own) => own.id)).toEqual([id])
  expect((await one.request.mine({})).items.length).toBeGreaterThan(1)
})

test('a title of nothing but space is none among them', async ({ as }) => {
  const api = as(kungsor)
  await api.offer.saveDraft({ ...key(), details: { title: ' ' } })
  expect((await api.offer.mine({ limit: 1 })).items).toMatchObject([{ title: null }])
})

test('every change leaves who did what, from what to what', async ({ as }) => {
  const api = as(sala)
  const { id: offerId } = await publishedOffer(api)
  await api.offer.change({ ...key(), offerId, version: 1, details: offerDetails({ slice: 2 }) })
  const { items } = await api.audit.list({ subjectId: offerId, limit: 1 })
  expect(items).toMatchObject([
    {
      command: 'offer.change',
      organisationId: sala.organisationId,
      before: { slice: 4, version: 1 },
      after: { slice: 2, version: 2 },
    },
  ])
  expect(items[0]?.personId).toEqual(expect.any(String))
})

test('the registrar sees that nobody has tampered with the log, and that somebody has', async ({ as, admin }) => {
  await publishedOffer(as(kungsor))
  const { entries, brokenAt } = await as(kungsor, 'registrar').audit.verify()
  expect(entries).toBeGreaterThan(0)
  expect(brokenAt).toBeNull()
  await expect(as(kungsor, 'officer').audit.verify()).rejects.toThrow('auth.role_needed')
  await sql`update audit set command = 'offer.withdraw'
    where organisation_id = ${kungsor.organisationId}::uuid and number = ${entries}`.execute(admin)
  expect(await as(kungsor, 'registrar').audit.verify()).toEqual({ entries, brokenAt: entries })
})

test('what is not there is not found', async ({ as }) => {
  const offerId = randomUUID()
  await expect(as(sala).offer.get({ offerId })).rejects.toThrow('offer.not_found')
  await expect(as(sala).offer.pause({ ...key(), offerId, version: 1 })).rejects.toThrow('offer.not_found')
})
