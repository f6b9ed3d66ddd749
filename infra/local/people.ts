import { embeddedUrl } from './platform.ts'
import { runTool } from './tool.ts'

// `npm run people`: lets in the first administrator of an organisation, and whoever nobody inside can help.
await runTool('services/identity/src/cli.ts', ({ roles, actorPrivateKey }, { ports, origin }) => ({
  DATABASE_URL_IDENTITY: embeddedUrl('identity_app', 'samkraft_identity', { roles, port: ports.postgres }),
  ACTOR_PRIVATE_KEY: actorPrivateKey,
  ORIGIN: origin,
}))
