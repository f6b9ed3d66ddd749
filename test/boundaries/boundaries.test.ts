import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cruiseHouse, sourcesIn, type Violation } from './cruise.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

describe('the house', () => {
  test('no import goes where it may not, and every source file was read', async ({ annotate }) => {
    const { read, violations } = await cruiseHouse(root, root)
    expect(violations).toEqual([])
    const sources = await sourcesIn(root)
    expect(sources.filter((file) => !read.has(file))).toEqual([])
    // With the wrong compiler installed nothing is read and nothing is wrong; and a search that finds nothing agrees.
    expect(sources.length).toBeGreaterThan(200)
    await annotate(`${sources.length} modules read`)
  })
})

type Plant = { readonly what: string; readonly rule: string; readonly file: string; readonly code: string }

const plants: readonly Plant[] = [
  {
    what: 'a service imports a service by path',
    rule: 'service-not-service',
    file: 'services/matching/src/app/planted-path.ts',
    code: "import { migrations } from '../../../marketplace/src/db/migrations/index.ts'\nexport const stolen = migrations",
  },
  {
    what: 'a service imports a service by name',
    rule: 'resolves',
    file: 'services/matching/src/app/planted-name.ts',
    code: "import { migrations } from '@samkraft/marketplace/migrations'\nexport const stolen = migrations",
  },
  {
    what: 'a service loads a service while running',
    rule: 'service-not-service',
    file: 'services/arrangements/src/app/planted-late.ts',
    code: "export const stolen = () => import('../../../identity/src/db/migrations/index.ts')",
  },
  {
    what: 'a domain imports the db package',
    rule: 'domain-pure',
    file: 'services/identity/src/domain/planted-db.ts',
    code: "import { connect } from '@samkraft/db'\nexport const db = connect",
  },
  {
    what: 'a domain imports the type of a table',
    rule: 'domain-pure',
    file: 'services/marketplace/src/domain/planted-type.ts',
    code: "import type { Base } from '@samkraft/db'\nexport type Row = Base",
  },
  {
    what: 'a domain imports its own tables',
    rule: 'domain-pure',
    file: 'services/identity/src/domain/planted-tables.ts',
    code: "import { migrations } from '../db/migrations/index.ts'\nexport const tables = migrations",
  },
  {
    what: 'a domain reads files',
    rule: 'domain-no-platform',
    file: 'services/identity/src/domain/planted-disk.ts',
    code: "import { readFileSync } from 'node:fs'\nexport const read = readFileSync",
  },
  {
    what: 'a domain uses a library',
    rule: 'domain-no-library',
    file: 'services/identity/src/domain/planted-library.ts',
    code: "import { sql } from 'kysely'\nexport const raw = sql",
  },
  {
    what: 'the web imports db',
    rule: 'web-on-contracts',
    file: 'web/src/lib/server/planted-db.ts',
    code: "import { connect } from '../../../../packages/db/src/index.ts'\nexport const db = connect",
  },
  {
    what: 'the web imports the code of a router',
    rule: 'web-router-type-only',
    file: 'web/src/lib/server/planted-router.ts',
    code: "import { router } from '../../../../services/identity/src/api/router.ts'\nexport const stolen = router",
  },
  {
    what: 'a page imports a service',
    rule: 'web-on-contracts',
    file: 'web/src/lib/planted-page.svelte',
    code: '<script lang="ts">\nimport { migrations } from "../../../services/identity/src/db/migrations/index.ts"\n</script>{migrations}',
  },
  {
    what: 'a page takes more than a type of contracts',
    rule: 'browser-types-only',
    file: 'web/src/lib/planted-schema.svelte',
    code: '<script lang="ts">\nimport { planPolicies } from "@samkraft/contracts/matching"\n</script>{planPolicies}',
  },
  {
    what: 'what pages share takes more than a type of contracts',
    rule: 'browser-types-only',
    file: 'web/src/lib/plans/planted-schema.ts',
    code: "import { planPolicies } from '@samkraft/contracts/matching'\nexport const stolen = planPolicies",
  },
  {
    what: 'an api touches tables',
    rule: 'api-on-app',
    file: 'services/identity/src/api/planted-table.ts',
    code: "import { migrations } from '../db/migrations/index.ts'\nexport const tables = migrations",
  },
  {
    what: 'a use case knows its door',
    rule: 'app-not-transport',
    file: 'services/identity/src/app/planted-door.ts',
    code: "import type { IdentityRouter } from '../api/router.ts'\nexport type Door = IdentityRouter",
  },
  {
    what: 'the kernel imports contracts',
    rule: 'kernel-alone',
    file: 'packages/kernel/src/planted-contracts.ts',
    code: "export * from '../../contracts/src/index.ts'",
  },
  {
    what: 'the engine reads the clock of the platform',
    rule: 'allocation-alone',
    file: 'packages/allocation/src/planted-clock.ts',
    code: "import { hrtime } from 'node:process'\nexport const now = hrtime",
  },
  {
    what: 'a package imports a service',
    rule: 'http-on-db',
    file: 'packages/http/src/planted-service.ts',
    code: "import { migrations } from '../../../services/identity/src/db/migrations/index.ts'\nexport const stolen = migrations",
  },
  {
    what: 'a service imports how it is run',
    rule: 'nobody-on-infra',
    file: 'services/identity/src/planted-infra.ts',
    code: "import { services } from '../../../infra/local/services.ts'\nexport const all = services",
  },
  {
    what: 'two files import each other',
    rule: 'not-circular',
    file: 'services/identity/src/app/planted-circle.ts',
    code: "import { circle } from './planted-circling.ts'\nexport const there = () => circle",
  },
]

describe('planted violations', () => {
  let copy = ''
  let violations: readonly Violation[] = []

  beforeAll(async () => {
    copy = await copyHouse()
    for (const { file, code } of plants) await plant(file, code)
    await plant(
      'services/identity/src/app/planted-circling.ts',
      "import { there } from './planted-circle.ts'\nexport const circle = () => there",
    )
    violations = (await cruiseHouse(copy, root)).violations
  })

  afterAll(() => rm(copy, { recursive: true, force: true }))

  async function plant(file: string, code: string): Promise<void> {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await writeFile(join(copy, file), code)
  }

  test.each(plants)('$what: caught by $rule', ({ file, rule }) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule)).toContain(rule)
  })

  test('nothing else in the copy is a violation', () => {
    expect(violations.filter(({ from }) => !from.includes('/planted-'))).toEqual([])
  })
})

/** The house as it stands, so that what is planted resolves as it would there. */
async function copyHouse(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'samkraft-planted-'))
  const left = /\/(build|\.svelte-kit|paraglide|test-results|playwright-report)$/
  for (const room of ['packages', 'services', 'web', 'infra', 'package.json', 'tsconfig.json', 'tsconfig.base.json']) {
    await cp(join(root, room), join(copy, room), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !left.test(path),
    })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}
