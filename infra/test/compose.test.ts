import { execFile } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfig as readArrangements } from '../../services/arrangements/src/config.ts'
import { readConfig as readIdentity } from '../../services/identity/src/config.ts'
import { readConfig as readMarketplace } from '../../services/marketplace/src/config.ts'
import { readConfig as readMatching } from '../../services/matching/src/config.ts'
import { root } from '../local/places.ts'

const Words = z.array(z.string())
const Service = z.object({
  image: z.string(),
  command: Words.optional(),
  healthcheck: z.object({ test: Words }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number(), z.null()])).default({}),
})
type Service = z.infer<typeof Service>

const text = await readFile(join(root, 'infra/compose.yaml'), 'utf8')
const { services } = z.object({ services: z.record(z.string(), Service) }).parse(parse(text, { merge: true }))
const ours = Object.values(services).filter(({ image }) => image === 'samkraft')

test('every container of ours runs files that are there', async () => {
  expect(ours).toHaveLength(6)
  const files = ours.flatMap(({ command = [], healthcheck }) => [...command, ...(healthcheck?.test ?? [])])
  await Promise.all(files.filter((word) => word.endsWith('.ts')).map((file) => access(join(root, file))))
})

test('whoever is waited for is there, and can be told healthy or prepared', () => {
  for (const { depends_on = {} } of Object.values(services)) {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      const fits = condition === 'service_healthy' ? services[name]?.healthcheck : services[name]
      expect(fits, `${name} ${condition}`).toBeDefined()
    }
  }
})

test('with the secrets it makes itself every service has the settings that it needs', async () => {
  const secrets = join(root, 'infra/images/secrets.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [secrets, 'https://samkraft.example'])
  const made = parseEnv(stdout)
  const environment = (name: string) => filled(services[name], made)
  expect(readIdentity(environment('identity')).databaseUrl).toContain(`:${made['IDENTITY_APP']}@postgres/`)
  expect(readMarketplace(environment('marketplace')).databaseUrl).toContain(`:${made['MARKETPLACE_APP']}@postgres/`)
  expect(readMatching(environment('matching')).databaseUrl).toContain(`:${made['MATCHING_APP']}@postgres/`)
  expect(readArrangements(environment('arrangements')).databaseUrl).toContain(`:${made['ARRANGEMENTS_APP']}@postgres/`)
  for (const name of Object.keys(services))
    for (const value of Object.values(environment(name))) expect(value).not.toBe('')
})

/** The environment as compose fills it in: `${NAME}` and `${NAME:?}` from the secrets. */
function filled(service: Service | undefined, made: NodeJS.Dict<string>): Record<string, string> {
  const given = Object.entries(service?.environment ?? {}).filter(([, value]) => value !== null)
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      String(value).replaceAll(/\$\{(\w+)(:\?)?\}/g, (_all, key: string) => made[key] ?? ''),
    ]),
  )
}
