import type { ListPeople, PersonPage } from '@samkraft/contracts/identity'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { listPeople as readPeople } from '../db/people.ts'

/** The members of the own organisation: titles and roles to all of them, addresses to administrators (ASVS 5.0.0 8.2.3). */
export function listPeople({ db, actor }: MemberContext, { cursor, limit }: ListPeople): Promise<PersonPage> {
  const showEmail = actor.roles.includes('administrator')
  return asActor(db, actor, (tx) => readPeople(tx, actor.organisationId, { cursor, limit, showEmail }))
}
