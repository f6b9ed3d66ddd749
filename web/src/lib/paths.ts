/** Every address of the web, so that none is spelled twice. */
export const paths = {
  start: '/',
  offers: '/utbud',
  offer: (id: string) => `/utbud/${id}`,
  newOffer: '/utbud/nytt',
  newOfferStep: (draftId: string, step: string) => `/utbud/nytt/${draftId}/${step}`,
  requests: '/behov',
  request: (id: string) => `/behov/${id}`,
  newRequest: '/behov/nytt',
  newRequestStep: (draftId: string, step: string) => `/behov/nytt/${draftId}/${step}`,
  arrangements: '/samarbeten',
  arrangement: (id: string) => `/samarbeten/${id}`,
  newArrangement: '/samarbeten/nytt',
  coordination: '/samordning',
  organisation: '/organisation',
  history: '/historik',
  howMatchingCounts: '/sa-raknas-matchningen',
  accessibility: '/tillganglighet',
  live: '/live',
  /** Shown in place of a page whose reader cannot be identified, because identity is away. */
  away: '/borta',
  signOut: '/logga-ut',
  /** Where to go afterwards travels along; the start page needs no mention. */
  signIn: (to = '/') => (to === '/' ? '/logga-in' : `/logga-in?${new URLSearchParams({ till: to })}`),
} as const

/** `path` with a query of what is set: the state of a list lives in its address. Null and empty values are left out. */
export function withQuery(
  path: string,
  query: Readonly<Record<string, string | number | readonly string[] | null | undefined>>,
): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '') parameters.append(name, String(one))
    }
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path
}
