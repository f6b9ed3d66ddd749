import { ListOrganisations, organisationKinds } from '@samkraft/contracts/identity'
import { redirect } from '@sveltejs/kit'
import { counties } from '#lib/marketplace/counties.ts'
import { withoutEmpty } from '#lib/server/marketplace/address.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ url, locals: { services } }) => {
  const clean = withoutEmpty(url)
  if (clean) redirect(303, clean)
  const asked = (name: string) => url.searchParams.get(name)
  const [search, county, kind] = [asked('q')?.trim().normalize(), asked('lan'), asked('typ')]
  const filters = {
    // What nobody could be called finds nobody, and says so as any other search does.
    search: ListOrganisations.shape.search.safeParse(search).success ? search : undefined,
    countyCode: county !== null && Object.hasOwn(counties, county) ? county : undefined,
    kind: organisationKinds.find((one) => one === kind),
  }
  const cursor = asked('efter') ?? undefined
  return {
    page: await services.identity.organisation.list.query({ ...filters, cursor, limit: 50 }),
    values: { q: filters.search ?? '', lan: filters.countyCode ?? '', typ: filters.kind ?? '' },
    begun: cursor !== undefined,
    kinds: organisationKinds,
  }
}
