import type { RequestEvent } from '@sveltejs/kit'
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import type { Service } from '@samkraft/contracts'
import type { Router as ArrangementsRouter } from '@samkraft/arrangements/router'
import type { Router as IdentityRouter } from '@samkraft/identity/router'
import type { Router as MarketplaceRouter } from '@samkraft/marketplace/router'
import type { Router as MatchingRouter } from '@samkraft/matching/router'
import { config } from './config.ts'

/** What a service has to answer within; after that the page says that it is away. */
const patience = 10_000

export type Tokens = Readonly<Partial<Record<Service, string>>>

/** One typed client per service, acting as whoever the tokens were made for. */
export type Services = Readonly<{
  identity: TRPCClient<IdentityRouter>
  marketplace: TRPCClient<MarketplaceRouter>
  matching: TRPCClient<MatchingRouter>
  arrangements: TRPCClient<ArrangementsRouter>
}>

/** On whose behalf services are called: the request it belongs to, and where the browser is, so that guesses are counted there. */
export type Caller = Readonly<{ requestId: string; address: string }>

/** On whose behalf this request calls. */
export function callerOf({ locals, getClientAddress }: Pick<RequestEvent, 'locals' | 'getClientAddress'>): Caller {
  return { requestId: locals.requestId, address: getClientAddress() }
}

/** The services as this caller may use them; a service without a token takes it for nobody. */
export function connect(caller: Caller, tokens: Tokens): Services {
  const link = (service: Service) =>
    httpLink({
      url: `${config.services[service]}/trpc`,
      headers: callHeaders(caller, tokens[service]),
      fetch: (url, { signal, ...options } = {}) =>
        fetch(url, {
          ...options,
          signal: AbortSignal.any([AbortSignal.timeout(patience), ...(signal ? [signal] : [])]),
        }),
    })
  return {
    identity: createTRPCClient<IdentityRouter>({ links: [link('identity')] }),
    marketplace: createTRPCClient<MarketplaceRouter>({ links: [link('marketplace')] }),
    matching: createTRPCClient<MatchingRouter>({ links: [link('matching')] }),
    arrangements: createTRPCClient<ArrangementsRouter>({ links: [link('arrangements')] }),
  }
}

/** The request id follows a change through every service's log. */
export function callHeaders({ requestId, address }: Caller, token: string | undefined): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-client-address': address,
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  }
}
