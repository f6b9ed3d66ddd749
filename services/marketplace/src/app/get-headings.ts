import type { GetHeadings, HeadingsView } from '@samkraft/contracts/marketplace'
import type { Services } from '../context.ts'
import { readHeadings } from '../db/published.ts'

/** What published offers and requests are called, whatever their status now, for those who know them only by id. */
export async function getHeadings({ db }: Pick<Services, 'db'>, { ids }: GetHeadings): Promise<HeadingsView> {
  return { items: await readHeadings(db, ids) }
}
