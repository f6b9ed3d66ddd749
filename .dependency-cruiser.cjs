/**
 * The import directions of the house. Tests of a room may reach further than the room itself (another service's
 * contract, the test databases); everything that runs may not.
 */
const code = { pathNot: ['[.]test[.]ts$', '^(packages|services)/[^/]+/test/', '^packages/[^/]+/src/testing[/.]'] }
const package_ = (...names) => `^packages/(${names.join('|')})/`
const everyPackage = '^packages/'
const everyService = '^services/'

/** In `from`, everything of ours that is not in `allowed` is forbidden. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...code },
  to: { path: '^(packages|services|web|infra|test)/', pathNot: allowed },
})

module.exports = {
  forbidden: [
    {
      name: 'not-circular',
      comment: 'Two files that need each other are one file, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      comment: 'An import that leads nowhere was not checked by any other rule.',
      severity: 'error',
      from: {},
      // What the web's own tools make while building, and a package that holds types alone.
      to: { couldNotResolve: true, pathNot: '^([$]app/|[.]/[$]types|virtual:|geojson$)' },
    },
    only('kernel-alone', 'The kernel knows nobody.', package_('kernel'), [package_('kernel')]),
    {
      name: 'allocation-alone',
      comment: 'The engine is arithmetic: it knows nobody, no library and no platform.',
      severity: 'error',
      from: { path: package_('allocation'), ...code },
      to: { pathNot: package_('allocation') },
    },
    only('contracts-on-kernel', 'Contracts are made of kernel words.', package_('contracts'), [
      package_('kernel', 'contracts'),
    ]),
    only('db-on-contracts', 'db knows kernel and contracts.', package_('db'), [package_('kernel', 'contracts', 'db')]),
    only('jobs-on-db', 'jobs knows kernel, contracts and db.', package_('jobs'), [
      package_('kernel', 'contracts', 'db', 'jobs'),
    ]),
    only('http-on-db', 'http knows kernel, contracts and db.', package_('http'), [
      package_('kernel', 'contracts', 'db', 'http'),
    ]),
    {
      name: 'service-not-service',
      comment: 'Services tell each other things by events; none imports another.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: everyService, pathNot: '^services/$1/' },
    },
    only('services-on-packages', 'A service knows packages and itself.', everyService, [everyPackage, everyService]),
    only(
      'domain-pure',
      'Rules are pure: kernel, contracts and the engine, nothing that speaks to the outside.',
      '^services/[^/]+/src/domain/',
      [package_('kernel', 'contracts', 'allocation'), '^services/[^/]+/(src/domain|data)/'],
    ),
    {
      name: 'domain-no-library',
      comment: 'Rules are pure: no database, network or framework comes with them.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', ...code },
      to: { path: 'node_modules/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-no-platform',
      comment: 'Rules are pure: what is on disk or on the network is told to them. A digest is arithmetic.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/domain/', ...code },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|util|buffer)$' },
    },
    {
      name: 'db-not-app',
      comment: 'Tables know rows, not use cases.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/db/', ...code },
      to: { path: '^services/[^/]+/src/(app|api|jobs|main|context|config)' },
    },
    {
      name: 'app-not-transport',
      comment: 'A use case does not know who calls it.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/app/', ...code },
      to: { path: ['^services/[^/]+/src/(api|jobs|main|config)', '^node_modules/(@trpc|hono|@hono)'] },
    },
    {
      name: 'api-on-app',
      comment: 'The door translates and calls a use case; it does not touch tables.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/api/', ...code },
      to: { path: '^services/[^/]+/src/(db|jobs|main|config)' },
    },
    {
      name: 'jobs-on-app',
      comment:
        'What happened elsewhere leads to a use case, or to our copy of it; nobody called us, so there is no door.',
      severity: 'error',
      from: { path: '^services/[^/]+/src/jobs/', ...code },
      to: { path: '^services/[^/]+/src/(api|main|config)' },
    },
    only(
      'web-on-contracts',
      'The web knows contracts and kernel, and of a service only the type of its router.',
      '^web/',
      [package_('kernel', 'contracts'), '^web/', '^services/[^/]+/src/api/router[.]ts$'],
    ),
    {
      name: 'web-router-type-only',
      comment: 'The web imports the type of a router; its code stays in the service.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: everyService, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'browser-types-only',
      comment:
        'Their schemas would bring a validator to the browser: what pages share with it takes types alone of contracts.',
      severity: 'error',
      from: { path: '^web/src/', pathNot: ['/server/', '[.]server[.]ts$', '[+]server[.]ts$', code.pathNot[0]] },
      to: { path: package_('contracts'), dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-no-database',
      comment: 'The web speaks to services, never to a database or a queue.',
      severity: 'error',
      from: { path: '^web/src/' },
      to: { path: ['node_modules/(pg|kysely|bullmq|ioredis)/', '^(pg|kysely|bullmq|ioredis)$'] },
    },
    {
      name: 'nobody-on-infra',
      comment: 'What runs does not know how it is run.',
      severity: 'error',
      from: { path: '^(packages|services|web/src)/' },
      to: { path: '^(infra|test)/' },
    },
    {
      name: 'no-test-in-code',
      comment: 'What runs does not import what tests it.',
      severity: 'error',
      from: { path: '^(packages|services|web/src)/', ...code },
      to: { path: ['[.]test[.]ts$', '^(packages|services)/[^/]+/test/', '^packages/[^/]+/src/testing[/.]'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/(build|[.]svelte-kit|paraglide|test-results)/' },
    // Imports that disappear when types are stripped count as well: they say who knows whom.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte', '.json'],
    },
  },
}
