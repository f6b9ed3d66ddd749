import type pg from 'pg'
import { actorOf } from '../world/cast.ts'
import { people, type Travelled } from './journey.ts'
import type { System } from './system.ts'

/**
 * Everything that a journey has left behind in all services, but for times and for how it compares with other journeys. Ids and
 * references are replaced by what they stand for, so that two journeys that went the same way have the same snapshot.
 */
export async function snapshotOf({ books }: System, travelled: Travelled) {
  const { offerId, requestId, arrangementId, commandKeys, answers } = travelled
  const ids = [offerId, requestId, arrangementId]
  const rows = (db: pg.Pool) => async (statement: string, values: readonly unknown[]) =>
    (await db.query(statement, [...values])).rows

  /** What the services all keep. */
  async function common(db: pg.Pool) {
    const ask = rows(db)
    return {
      commands: await ask(
        `select name, result - 'seenAt' as result from command where key = any($1) order by created_at`,
        [commandKeys],
      ),
      events: await ask(
        `select type, aggregate, sequence, organisation_id, data, published_at is not null as sent from outbox
          where aggregate_id = any($1) order by array_position($1, aggregate_id), sequence`,
        [ids],
      ),
      heard: await ask(
        `select aggregate_id, sequence from inbox where aggregate_id = any($1) order by array_position($1, aggregate_id)`,
        [ids],
      ),
      audit: await ask(
        `select organisation_id, person_id, command, subject_type, before, after, concerns from audit
          where subject_id = any($1) order by array_position($1, subject_id), organisation_id, number`,
        [ids],
      ),
    }
  }

  const [marketplace, arrangements, matching] = [
    rows(books.marketplace),
    rows(books.arrangements),
    rows(books.matching),
  ]
  const found = {
    answers,
    marketplace: {
      ...(await common(books.marketplace)),
      offer: await marketplace('select status, version, details from offer where id = $1', [offerId]),
      request: await marketplace('select status, version, details from request where id = $1', [requestId]),
      published: await marketplace(
        `select status, extent, remaining, most_left from published_offer where id = $1
          union all select status, extent, remaining, most_left from published_request where id = $2`,
        [offerId, requestId],
      ),
      holds: await marketplace(
        `select offer_id, lender_id, arrangement_id, borrower_id, request_id, period, hours_per_week, state
          from hold where arrangement_id = $1 order by request_id`,
        [arrangementId],
      ),
    },
    arrangements: {
      ...(await common(books.arrangements)),
      copies: await arrangements(
        `select open, facts from offer where id = $1 union all select open, facts from request where id = $2`,
        [offerId, requestId],
      ),
      arrangement: await arrangements(
        `select status, version, region_id, offer_id, lender_id, borrower_ids, concerns, proposer_id, competence, revision,
          round, accepted, period, hours_per_week, holder_ids, ends_on, reason from arrangement where id = $1`,
        [arrangementId],
      ),
      parties: await arrangements(
        'select organisation_id, side, diary_number from party where arrangement_id = $1 order by side, organisation_id',
        [arrangementId],
      ),
      revisions: await arrangements(
        `select r.number, r.organisation_id, r.person_id, r.role, r.place, r.rationale, r.message, s.position,
          s.organisation_id as borrower_id, s.request_id, s.period, s.hours_per_week
          from revision r join share s on s.arrangement_id = r.arrangement_id and s.revision = r.number
          where r.arrangement_id = $1 order by r.number, s.position`,
        [arrangementId],
      ),
      decisions: await arrangements(
        `select organisation_id, round, revision, side, person_id, role, decision, delegation_reference, reason_code,
          reason_text from decision where arrangement_id = $1 order by at`,
        [arrangementId],
      ),
      steps: await arrangements(
        `select version, move, side, from_status, to_status, organisation_id, person_id, role, revision, reason
          from step where arrangement_id = $1 order by version`,
        [arrangementId],
      ),
    },
    matching: {
      ...(await common(books.matching)),
      copies: await matching(
        `select open, facts, stale_since is null as matched from offer where offer_id = $1
          union all select open, facts, stale_since is null from request where request_id = $2`,
        [offerId, requestId],
      ),
      match: await matching(
        `select match_group, hours_per_week, asked_hours_per_week, period, km from match
          where offer_id = $1 and request_id = $2`,
        [offerId, requestId],
      ),
      shares: await matching(
        `select lender_id, borrower_id, request_id, period, hours_per_week, hours from arrangement_share
          where arrangement_id = $1 order by request_id`,
        [arrangementId],
      ),
      seen: await matching('select organisation_id, subject from seen where subject_id = any($1)', [ids]),
    },
  }
  return named(
    found,
    new Map([
      [offerId, 'the offer'],
      [requestId, 'the request'],
      [arrangementId, 'the arrangement'],
    ]),
  )
}

/** The same with ids that are known replaced by names, and references by the word. */
function named<Found>(found: Found, names: ReadonlyMap<string, string>): Found {
  const known = new Map(names)
  for (const [name, email] of Object.entries(people)) {
    const { personId, organisationId } = actorOf(email)
    known.set(personId, name)
    known.set(organisationId, `the organisation of ${email}`)
  }
  return JSON.parse(
    JSON.stringify(found, (key, value: unknown) =>
      key === 'reference' ? 'a reference' : (typeof value === 'string' && known.get(value)) || value,
    ),
  )
}
