import { migrate, type Migrations } from '@samkraft/db'
import { migrateJobs } from '@samkraft/jobs'
import { migrations as arrangements } from '@samkraft/arrangements/migrations'
import { migrations as identity } from '@samkraft/identity/migrations'
import { migrations as marketplace } from '@samkraft/marketplace/migrations'
import { migrations as matching } from '@samkraft/matching/migrations'
import { type Databases } from './platform.ts'
import { type Service, services } from './services.ts'

const all: Readonly<Record<Service, Migrations>> = { identity, marketplace, matching, arrangements }

/** Brings every database to the newest schema, each as its owner, and grants its app role what the service needs. */
export async function migrateAll({ databases, jobsUrl }: Databases): Promise<void> {
  await Promise.all([
    migrateJobs(jobsUrl),
    ...services.map((service) => {
      const { owner, app } = databases[service]
      return migrate(owner, all[service], { appRole: decodeURIComponent(new URL(app).username) })
    }),
  ])
}
