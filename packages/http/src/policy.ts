import type { Permission, Permissions } from '@samkraft/contracts'
import { type Actor, DomainError } from '@samkraft/kernel'
import type { AnyRouter } from '@trpc/server'

/** Whether the actor may call a procedure at all; whose rows it then touches is the use case's and the database's business. */
export function assertMay(actor: Actor | null, path: string, permission: Permission | undefined): void {
  if (!permission) throw new DomainError('forbidden', 'auth.no_policy', { path })
  if (permission.who === 'anyone') return
  if (!actor) throw new DomainError('unauthenticated', 'auth.required')
  if (permission.who === 'member') return
  const needed: readonly string[] = permission.who
  if (!actor.roles.some((role) => needed.includes(role)))
    throw new DomainError('forbidden', 'auth.role_needed', { roles: needed })
}

/** Stops the boot when a procedure has no policy, or a policy no procedure. */
export function assertPolicies(router: AnyRouter, permissions: Permissions): void {
  const procedures = Object.keys(router._def.procedures)
  const missing = procedures.filter((path) => !(path in permissions))
  const idle = Object.keys(permissions).filter((path) => !procedures.includes(path))
  if (missing.length > 0) throw new Error(`procedures without a policy: ${missing.join(', ')}`)
  if (idle.length > 0) throw new Error(`policies without a procedure: ${idle.join(', ')}`)
}
