import type { Plan } from '@samkraft/allocation'
import { hoursOf } from './plan-figures.ts'

/**
 * The plan in hours people can agree on: whole quarters a week, rounded down so that no limit is passed. What is lost is less
 * than a quarter a week and too little for anybody, so it stays unmet as too small. Value, bound and gap stay the engine's own.
 */
export function inQuarters(plan: Plan): Plan {
  const lost = new Map<string, number>()
  const assignments = plan.assignments.flatMap((one) => {
    // What is a whisker below a quarter in binary is that quarter.
    const hoursPerWeek = Math.floor(one.hoursPerWeek * 4 + 1e-6) / 4
    const rounded = { ...one, hoursPerWeek }
    const hours = hoursOf(one) - hoursOf(rounded)
    if (hours > 1e-6) lost.set(one.request, (lost.get(one.request) ?? 0) + hours)
    return hoursPerWeek > 0 ? [rounded] : []
  })
  const unmet = plan.unmet.map((one) => {
    if (one.reason !== 'slice-too-small') return one
    const more = lost.get(one.request) ?? 0
    lost.delete(one.request)
    return { ...one, hours: one.hours + more }
  })
  const smaller = [...lost].map(([request, hours]) => ({ request, hours, reason: 'slice-too-small' as const }))
  return { ...plan, assignments, unmet: [...unmet, ...smaller] }
}
