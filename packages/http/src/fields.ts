import { fieldCode } from '@samkraft/contracts'
import { z, type ZodError } from 'zod'

const FieldProblem = z.object({ code: z.string(), details: z.record(z.string(), z.unknown()) })
type FieldProblem = Readonly<z.infer<typeof FieldProblem>>

/** By field path, as a refusal carries them. */
export const FieldProblems = z.record(z.string(), FieldProblem)

const told = ['minimum', 'maximum', 'expected', 'format', 'values', 'divisor', 'inclusive', 'origin', 'keys'] as const

/**
 * What does not fit and what would, by field path (`segments.0.hoursPerWeek`; '' for the whole).
 * Each with the limits of the rule, so that a sentence can be made of it.
 * Values that were sent are never repeated here.
 */
export function fieldProblems(error: ZodError): Record<string, FieldProblem> {
  const problems: Record<string, FieldProblem> = {}
  for (const issue of error.issues) {
    const path = issue.path.join('.')
    const facts: Record<string, unknown> = { ...issue }
    const details = Object.fromEntries(told.filter((key) => key in facts).map((key) => [key, facts[key]]))
    problems[path] ??= { code: fieldCode(issue), details }
  }
  return problems
}
