import type { Service } from '@samkraft/contracts'

export type { Service }

/** The services in the order they are named everywhere. Said again here, so that the supervisor need not load the contracts. */
export const services = ['identity', 'marketplace', 'matching', 'arrangements'] as const satisfies readonly Service[]

/** Every process the supervisor keeps, the database aside. */
export const processes = [...services, 'web'] as const
export type ProcessName = (typeof processes)[number]

/** The owner makes the tables; the app role is what the process uses and may not change them. */
export const allRoles = [
  ...services.flatMap((service) => [`${service}_owner`, `${service}_app`] as const),
  'jobs_app',
] as const
export type Role = (typeof allRoles)[number]

/** Where each part listens unless the environment says otherwise. */
export const defaultPorts = {
  web: 4000,
  identity: 4001,
  marketplace: 4003,
  matching: 4004,
  arrangements: 4005,
  postgres: 4032,
} as const
export type Ports = Readonly<Record<keyof typeof defaultPorts, number>>
