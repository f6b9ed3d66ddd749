import { createHash } from 'node:crypto'
import type { Router as ArrangementsRouter } from '@samkraft/arrangements/router'
import type { Service } from '@samkraft/contracts'
import type { Router as IdentityRouter } from '@samkraft/identity/router'
import type { Router as MarketplaceRouter } from '@samkraft/marketplace/router'
import type { Router as MatchingRouter } from '@samkraft/matching/router'
import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError } from '@trpc/client'

/** Where the services answer. */
export type ServiceUrls = Readonly<Record<Service, string>>

/** The services as one demo account sees them. */
export type Account = Readonly<{
  organisationId: string
  identity: TRPCClient<IdentityRouter>
  marketplace: TRPCClient<MarketplaceRouter>
  matching: TRPCClient<MatchingRouter>
  arrangements: TRPCClient<ArrangementsRouter>
}>

export const demoPassword = 'ensam-ar-inte-stark'

/** Tokens are good for a minute; a new set is asked for in good time before. */
const tokenMilliseconds = 40_000

/** Signs in through the same door as a browser's session, and acts through the same procedures. */
export async function signIn(urls: ServiceUrls, email: string): Promise<Account> {
  const door = createTRPCClient<IdentityRouter>({ links: [httpLink({ url: `${urls.identity}/trpc` })] })
  const { secret } = await door.session.signIn.mutate({ email, password: demoPassword })
  const enter = () => door.session.enter.mutate({ secret })
  let entered = await enter()
  let enteredAt = Date.now()
  const headersFor = (service: Service) => async () => {
    if (Date.now() - enteredAt > tokenMilliseconds) {
      entered = await enter()
      enteredAt = Date.now()
    }
    return { authorization: `Bearer ${entered.tokens[service]}` }
  }
  return {
    organisationId: entered.organisationId,
    identity: createTRPCClient<IdentityRouter>({
      links: [httpLink({ url: `${urls.identity}/trpc`, headers: headersFor('identity') })],
    }),
    marketplace: createTRPCClient<MarketplaceRouter>({
      links: [httpLink({ url: `${urls.marketplace}/trpc`, headers: headersFor('marketplace') })],
    }),
    matching: createTRPCClient<MatchingRouter>({
      links: [httpLink({ url: `${urls.matching}/trpc`, headers: headersFor('matching') })],
    }),
    arrangements: createTRPCClient<ArrangementsRouter>({
      links: [httpLink({ url: `${urls.arrangements}/trpc`, headers: headersFor('arrangements') })],
    }),
  }
}

/** Whether a call was not answered, or told to come back: the same command with the same key may be sent again. */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false
  const status: unknown = error.data?.httpStatus
  return status === undefined || status === 503
}

/** The same key for the same act every time: seeding that was interrupted goes on where it stopped. */
export function keyOf(...act: readonly (string | number)[]): string {
  const hex = createHash('sha256')
    .update(`demo ${act.join(' ')}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
