import { once } from 'node:events'
import { migrateAll } from './migrations.ts'
import { type Databases } from './platform.ts'

// Started by migrate-apart.ts, which says where the databases are.
const [databases] = (await once(process, 'message')) as [Databases]
process.disconnect?.()
await migrateAll(databases)
