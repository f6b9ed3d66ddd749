import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stopInstance } from './instance.ts'
import { homePath } from './places.ts'
import { clearAway } from './postgres.ts'
import { dataHome, findBinaries } from './postgres-binaries.ts'
import { explain } from './refusal.ts'

/** `npm run reset`: stops what runs from here and removes what it kept. The next start begins anew. */
async function reset(): Promise<void> {
  if ((await stopInstance(homePath)) === 'stopped') console.log('Stopped the running Samkraft.')
  const { account } = await findBinaries()
  const place = await dataHome(join(homePath, 'postgres'), account)
  await clearAway(join(place, 'data'))
  await rm(place, { recursive: true, force: true })
  await rm(homePath, { recursive: true, force: true })
  console.log('Everything kept here is removed. Start anew with: npm start')
}

try {
  await reset()
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}
