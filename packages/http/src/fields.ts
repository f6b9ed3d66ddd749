import type { ZodError } from 'zod'

export type FieldProblem = Readonly<{ code: string; details: Readonly<Record<string, unknown>> }>

const told = ['minimum', 'maximum', 'expected', 'format', 'values', 'divisor', 'inclusive', 'origin', 'keys'] as const

/**
 * What does not fit and what would, by field path (`segments.0.hoursPerWeek`; '' for the whole).
 * A rule of ours names itself (`hours.not_quarters`); a rule of the schema is `field.<zod's code>` with its limits.
 * Values that were sent are never repeated here.
 */
export function fieldProblems(error: ZodError): Record<string, FieldProblem> {
  const problems: Record<string, FieldProblem> = {}
  for (const issue of error.issues) {
    const path = issue.path.join('.')
    const facts: Record<string, unknown> = { ...issue }
    const details = Object.fromEntries(told.filter((key) => key in facts).map((key) => [key, facts[key]]))
    problems[path] ??= { code: issue.code === 'custom' ? issue.message : `field.${issue.code}`, details }
  }
  return problems
}
