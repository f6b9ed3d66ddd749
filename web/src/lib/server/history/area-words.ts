import { m } from '#lib/i18n.ts'
import type { Area } from './read-log.ts'

/** What each service's part of the log is about. */
export const areaWords: Readonly<Record<Area, () => string>> = {
  identity: m.log_area_identity,
  marketplace: m.log_area_marketplace,
  matching: m.log_area_matching,
  arrangements: m.log_area_arrangements,
}
