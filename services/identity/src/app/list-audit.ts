import type { ListAudit } from '@samkraft/contracts'
import type { AuditPage } from '@samkraft/contracts/identity'
import { asActor, readAudit } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { titlesOf } from '../db/people.ts'

/** What has been done in identity for the own organisation, newest first, with the titles of those who did it. */
export function listAudit({ db, actor }: MemberContext, input: ListAudit): Promise<AuditPage> {
  return asActor(db, actor, async (tx) => {
    const { items, next } = await readAudit(tx, input)
    const people = new Set(items.flatMap(({ personId }) => personId ?? []))
    const titles = await titlesOf(tx, actor.organisationId, [...people])
    return {
      items: items.map((item) => ({ ...item, title: (item.personId && titles.get(item.personId)) ?? null })),
      next,
    }
  })
}
