import type { z } from 'zod'

const ours = /^[a-z_]+\.[a-z_]+$/

/**
 * The message key of what zod found wrong with a field: a rule of ours names itself (`hours.not_quarters`), also where it rides on a
 * rule of zod's; any other is `field.<zod's code>`.
 */
export function fieldCode({ code, message }: Pick<z.core.$ZodIssue, 'code' | 'message'>): string {
  return ours.test(message) ? message : `field.${code}`
}
