import type { ListAudit } from '@samkraft/contracts'
import type { AuditPage } from '@samkraft/contracts/arrangements'
import { asActor, readAudit } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { namesOf } from '../db/organisations.ts'

/** What has been done with arrangements, by the own organisation and by others where it concerns the own, newest first. */
export function listAudit({ db, actor }: MemberContext, input: ListAudit): Promise<AuditPage> {
  return asActor(db, actor, async (tx) => {
    const { items, next } = await readAudit(tx, input)
    const nameOf = await namesOf(
      tx,
      items.map(({ organisationId }) => organisationId),
    )
    return {
      items: items.map((item) => ({ ...item, organisation: nameOf(item.organisationId) })),
      next,
    }
  })
}
