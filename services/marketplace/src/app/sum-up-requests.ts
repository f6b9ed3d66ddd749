import type { GetRequestFigures, RequestFigures } from '@samkraft/contracts/marketplace'
import type { Services } from '../context.ts'
import { readRequestFigures } from '../db/request-figures.ts'

/** How many requests a county's organisations have published, and how many of them got their hours. */
export function sumUpRequests({ db }: Pick<Services, 'db'>, { county }: GetRequestFigures): Promise<RequestFigures> {
  return readRequestFigures(db, county)
}
