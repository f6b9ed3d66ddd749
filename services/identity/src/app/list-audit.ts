import type { ListAudit } from '@samkraft/contracts'
import type { AuditPage } from '@samkraft/contracts/identity'
import { asActor, type AuditRow, readAudit } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { titlesOf } from '../db/people.ts'

/** What has been done in identity for the own organisation, newest first, with the titles of those who did it. */
export function listAudit({ db, actor }: MemberContext, input: ListAudit): Promise<AuditPage> {
  return asActor(db, actor, async (tx) => {
    const page = await readAudit(tx, input)
    const items = page.items.map((item) => (leadsElsewhere(item) ? { ...item, after: null } : item))
    const people = new Set(items.flatMap(({ personId }) => personId ?? []))
    const titles = await titlesOf(tx, actor.organisationId, [...people])
    return {
      items: items.map((item) => ({ ...item, title: (item.personId && titles.get(item.personId)) ?? null })),
      next: page.next,
    }
  })
}

/** Older entries say to which other organisation somebody switched: that they belong to it is not for this one to know. */
function leadsElsewhere({ command, organisationId, after }: AuditRow): boolean {
  if (command !== 'session.switchOrganisation' || typeof after !== 'object' || after === null) return false
  return 'organisationId' in after && after.organisationId !== organisationId
}
