import { embeddedUrl } from './platform.ts'
import { runTool } from './tool.ts'

// `npm run jobs`: the operator's view of jobs, and of those that were given up on.
await runTool('packages/jobs/src/cli.ts', ({ roles }, { ports }) => ({
  JOBS_URL: embeddedUrl('jobs_app', 'samkraft_jobs', { roles, port: ports.postgres }),
}))
