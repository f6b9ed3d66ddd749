import type { SummaryRow } from '@samkraft/contracts/marketplace'
import type { AreaShape } from '#lib/map/area.ts'
import { countyShapes, drawnCounty } from '../county-map.ts'
import type { SignedIn } from '#lib/signed-in.ts'

export type CountyView = Readonly<{
  county: string
  rows: readonly SummaryRow[]
  /** Empty where there is no map of the county. */
  shapes: readonly AreaShape[]
}>

/** The reader's own county; for those who belong to the whole country, the one of the agreement. */
export function countyOf(actor: SignedIn | null): string {
  return actor?.organisation.countyCode ?? drawnCounty
}

/** A county as the map and its table show it. */
export function countyView(county: string, rows: readonly SummaryRow[]): CountyView {
  return { county, rows, shapes: county === drawnCounty ? countyShapes : [] }
}
