/** Hours of one full-time post in a week; the base of every percentage shown. */
export const fullTimeHours = 40

/**
 * Hours per week are multiples of a quarter. Quarters are exact in binary floating point,
 * so sums of hours compare exactly and need no rounding.
 */
export function isHours(value: number): boolean {
  return Number.isFinite(value) && value >= 0 && Number.isInteger(value * 4)
}

/** Share of a full-time post in whole percent: 16 → 40. */
export function hoursToPercent(hoursPerWeek: number): number {
  return Math.round((hoursPerWeek / fullTimeHours) * 100)
}
