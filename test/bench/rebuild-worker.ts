import { once } from 'node:events'
import { connect } from '@samkraft/db'
import { createLog } from '@samkraft/http'
import { matchStale } from '../../services/matching/src/app/match-stale.ts'
import { loadRelations } from '../../services/matching/src/competence-relations.ts'
import type { Schema } from '../../services/matching/src/db/schema.ts'

/** A process of matching with nothing to do but work off what is behind, two at a time as the service does. */
const [url = ''] = process.argv.slice(2)
const db = connect<Schema>(url, { max: 4, name: 'bench worker' })
const services = { db, relations: loadRelations() }
const log = createLog('bench', 'silent')

process.send?.('ready')
await once(process, 'message')
const lanes = await Promise.all([matchStale(services, log), matchStale(services, log)])
await db.destroy()
process.send?.({
  done: lanes.reduce((sum, done) => sum + done, 0),
  peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
})
process.disconnect?.()
