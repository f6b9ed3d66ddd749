import { randomUUID } from 'node:crypto'
import { OrganisationFacts } from '@samkraft/contracts/identity'
import { describe, expect } from 'vitest'
import { loadReferenceData } from '../src/app/load-reference-data.ts'
import { organisationsToldAgain } from '../src/db/migrations/0005-organisations-told-again.ts'
import { organisationIdFor } from '../src/domain/organisation-id.ts'
import { type Api, refusal, test } from './builders.ts'

const norberg = organisationIdFor('municipality:1962')

const loaded = test.extend('reader', async ({ db, as }): Promise<Api> => {
  await loadReferenceData(db, randomUUID())
  return as({ personId: randomUUID(), organisationId: norberg, roles: ['officer'] })
})

describe('the register', () => {
  test('holds all municipalities, the region and SKR, and tells of each of them once', async ({ db, admin }) => {
    expect(await loadReferenceData(db, randomUUID())).toBe(292)
    expect(await loadReferenceData(db, randomUUID())).toBe(0)
    const kinds = await db.selectFrom('organisation').select('kind').execute()
    expect(Object.groupBy(kinds, ({ kind }) => kind)).toMatchObject({
      municipality: { length: 290 },
      region: { length: 1 },
      national_association: { length: 1 },
    })
    const events = await admin.selectFrom('outbox').selectAll().execute()
    expect(events).toHaveLength(292)
    for (const { type, aggregate_id, sequence, data } of events) {
      expect([type, sequence]).toEqual(['identity.organisation_changed.v1', 1])
      expect(OrganisationFacts.parse(data).organisationId).toBe(aggregate_id)
    }
  })

  test('that has changed is taken over, and only the change is told', async ({ db, admin }) => {
    await loadReferenceData(db, randomUUID())
    await admin.updateTable('organisation').set({ population: 1 }).where('id', '=', norberg).execute()
    expect(await loadReferenceData(db, randomUUID())).toBe(1)
    const last = await admin.selectFrom('outbox').selectAll().orderBy('position', 'desc').executeTakeFirstOrThrow()
    expect(last).toMatchObject({ aggregate_id: norberg, sequence: 2, data: { population: 5_351 } })
  })

  test('is told of once more by the migration that says so, as it is', async ({ db, owner, admin }) => {
    await loadReferenceData(db, randomUUID())
    const told = ['type', 'aggregate', 'aggregate_id', 'organisation_id', 'sequence', 'data', 'published_at'] as const
    const newest = admin.selectFrom('outbox').select(told).distinctOn('aggregate_id')
    const inOrder = newest.orderBy('aggregate_id').orderBy('sequence', 'desc')
    const before = await inOrder.execute()
    await organisationsToldAgain.up(owner)
    const again = await inOrder.execute()
    expect(again).toHaveLength(292)
    expect(again).toEqual(before.map((event) => ({ ...event, sequence: event.sequence + 1 })))
  })

  test('loaded by two instances at once is loaded once', async ({ db }) => {
    await db.deleteFrom('organisation').execute()
    const counts = await Promise.all([loadReferenceData(db, randomUUID()), loadReferenceData(db, randomUUID())])
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 292])
  })
})

describe('an organisation', () => {
  loaded('is shown with what the register knows of it', async ({ reader }) => {
    expect(await reader.organisation.get({ organisationId: norberg })).toEqual({
      organisationId: norberg,
      kind: 'municipality',
      name: 'Norbergs kommun',
      shortName: 'Norberg',
      municipalityCode: '1962',
      countyCode: '19',
      countyName: 'Västmanlands län',
      population: 5_351,
      populationYear: 2025,
      skrGroup: 'C7',
      skrGroupName: 'Pendlingskommun nära mindre tätort',
      organisationNumber: '212000-2072',
      seat: 'Norberg',
      latitude: 60.06175,
      longitude: 15.95491,
    })
    const unknown = reader.organisation.get({ organisationId: randomUUID() })
    expect(await refusal(unknown)).toBe('NOT_FOUND organisation.not_found')
  })

  loaded.for([
    ['vasteras', ['Västerås']],
    ['VÄSTERÅS STAD', ['Västerås']],
    ['region västmanland', ['Region Västmanland']],
    ['skinnsk', ['Skinnskatteberg']],
    ['100%', []],
    ['_', []],
    ["'; drop table organisation; --", []],
  ] as const)('is found by %s', async ([search, names], { reader }) => {
    const { items } = await reader.organisation.list({ search })
    expect(items.map(({ shortName }) => shortName)).toEqual([...names])
  })

  loaded('of one county or kind can be listed alone', async ({ reader }) => {
    const county = await reader.organisation.list({ countyCode: '19', kind: 'municipality' })
    expect(county.items.map(({ shortName }) => shortName)).toEqual([
      'Arboga',
      'Fagersta',
      'Hallstahammar',
      'Kungsör',
      'Köping',
      'Norberg',
      'Sala',
      'Skinnskatteberg',
      'Surahammar',
      'Västerås',
    ])
    const associations = await reader.organisation.list({ kind: 'national_association' })
    expect(associations.items.map(({ name }) => name)).toEqual(['Sveriges Kommuner och Regioner (SKR)'])
  })

  loaded('comes once in all pages together, in Swedish order', async ({ reader }) => {
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await reader.organisation.list({ limit: 50, ...(cursor ? { cursor } : {}) })
      names.push(...page.items.map(({ shortName }) => shortName))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(names).toHaveLength(292)
    expect(names).toEqual(names.toSorted(new Intl.Collator('sv').compare))
    expect(names.at(-1)).toBe('Övertorneå')
  })

  test('is shown to members only', async ({ anyone }) => {
    expect(await refusal(anyone.organisation.list({}))).toBe('UNAUTHORIZED auth.required')
  })
})
