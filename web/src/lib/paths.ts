/** Every address of the web, so that none is spelled twice. */
export const paths = {
  start: '/',
  offers: '/utbud',
  /** Who offers what some words say, the most relevant first. */
  offersOf: (words: string) => withQuery('/utbud', { q: words }),
  offer: (id: string) => `/utbud/${id}`,
  myOffers: '/utbud/mina',
  offerPublished: (id: string) => `/utbud/${id}/publicerat`,
  changeOffer: (id: string, step: string) => `/utbud/${id}/andra/${step}`,
  newOffer: '/utbud/nytt',
  offerDraft: (id: string) => `/utbud/nytt/${id}`,
  newOfferStep: (draftId: string, step: string) => `/utbud/nytt/${draftId}/${step}`,
  requests: '/behov',
  request: (id: string) => `/behov/${id}`,
  myRequests: '/behov/mina',
  pooledNeeds: '/behov/samlade',
  pooledNeed: (id: string) => `/behov/samlade/${id}`,
  requestPublished: (id: string) => `/behov/${id}/publicerat`,
  changeRequest: (id: string, step: string) => `/behov/${id}/andra/${step}`,
  newRequest: '/behov/nytt',
  requestDraft: (id: string) => `/behov/nytt/${id}`,
  newRequestStep: (draftId: string, step: string) => `/behov/nytt/${draftId}/${step}`,
  /** Competences that fit what is being typed, as JSON. */
  competences: '/kompetenser',
  /** Where a page says that its matches are seen. */
  seen: '/sedda',
  arrangements: '/samarbeten',
  arrangement: (id: string) => `/samarbeten/${id}`,
  newArrangement: '/samarbeten/nytt',
  /** One's turn in an arrangement: the page of a move, such as `besluta`. */
  arrangementMove: (id: string, step: string) => `/samarbeten/${id}/${step}`,
  /** A proposal about an offer, for a request, or for both when both are known. */
  proposal: (offerId: string | null, requestId: string | null) =>
    withQuery('/samarbeten/nytt', { erbjudande: offerId, behov: requestId }),
  coordination: '/samordning',
  /** The worklist as a file for a spreadsheet. */
  coordinationFile: '/samordning/fil',
  coordinationFigures: '/samordning/tal',
  coordinationUnmet: '/samordning/utan-traff',
  plans: '/samordning/fordelning',
  plan: (id: string) => `/samordning/fordelning/${id}`,
  /** What a plan gives, as a file for a spreadsheet. */
  planFile: (id: string, asked: Query) => withQuery(`/samordning/fordelning/${id}/fil`, asked),
  // What is below a plan carries what the plan was asked for, so that one comes back to the same view and page of it.
  /** One pair of an allocation plan, to be decided by hand. */
  planPair: (id: string, requestId: string, offerId: string, asked: Query) =>
    withQuery(`/samordning/fordelning/${id}/par`, { behov: requestId, erbjudande: offerId, ...asked }),
  /** Why a request got what it got in a plan. */
  planRequest: (id: string, requestId: string, asked: Query) =>
    withQuery(`/samordning/fordelning/${id}/behov/${requestId}`, asked),
  /** What a plan leaves unmet of a request, to be pooled with others who lack the same. */
  planPool: (id: string, requestId: string, asked: Query) =>
    withQuery(`/samordning/fordelning/${id}/samla/${requestId}`, asked),
  /** The reader's own. */
  organisation: '/organisation',
  organisations: '/organisation/alla',
  otherOrganisation: (id: string) => `/organisation/${id}`,
  invite: '/organisation/bjud-in',
  person: (id: string) => `/organisation/personer/${id}`,
  invitation: (secret: string) => `/inbjudan/${secret}`,
  account: '/konto',
  password: '/konto/losenord',
  history: '/historik',
  /** What has been done with one thing. */
  historyOf: (id: string) => `/historik?om=${id}`,
  historyFile: '/historik/fil',
  historyCheck: '/historik/kontroll',
  howMatchingCounts: '/sa-raknas-matchningen',
  accessibility: '/tillganglighet',
  live: '/live',
  /** Shown in place of a page whose reader cannot be identified, because identity is away. */
  away: '/borta',
  signOut: '/logga-ut',
  /** Where to go afterwards travels along; the start page needs no mention. */
  signIn: (to = '/') => (to === '/' ? '/logga-in' : `/logga-in?${new URLSearchParams({ till: to })}`),
} as const

type Query = Readonly<Record<string, string | number | readonly string[] | null | undefined>>

/** `path` with a query of what is set: the state of a list lives in its address. Null and empty values are left out. */
export function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== null && one !== undefined && one !== '') parameters.append(name, String(one))
    }
  }
  return parameters.size > 0 ? `${path}?${parameters}` : path
}
