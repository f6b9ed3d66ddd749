import { newSecrets } from '../local/home.ts'
import { allRoles } from '../local/services.ts'

/** Prints the .env of compose.yaml with new secrets. The argument is the address people will type. */
function secretsFile(origin: string): string {
  const secrets = newSecrets()
  const roles = allRoles.filter((role) => role !== 'jobs_app')
  return [
    `ORIGIN=${new URL(origin).origin}`,
    `POSTGRES_PASSWORD=${secrets.superuser}`,
    ...roles.map((role) => `${role.toUpperCase()}=${secrets.roles[role]}`),
    `ACTOR_PUBLIC_KEY=${secrets.actorPublicKey}`,
    `ACTOR_PRIVATE_KEY=${secrets.actorPrivateKey}`,
  ].join('\n')
}

const [origin] = process.argv.slice(2)
if (!origin || !URL.canParse(origin)) {
  console.error('Say the address people will type: node infra/images/secrets.ts https://samkraft.example')
  process.exit(2)
}
console.log(secretsFile(origin))
