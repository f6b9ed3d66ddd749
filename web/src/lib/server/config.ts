import { z } from 'zod'

const Origin = z.url({ protocol: /^https?$/ }).transform((value) => new URL(value).origin)
const Port = z.coerce.number().int().min(1).max(65_535)

const Environment = z
  .object({
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: Port.default(4000),
    /** The address people type: form posts from any other are refused, and cookies follow its scheme. */
    ORIGIN: Origin.optional(),
    /**
     * Behind a reverse proxy: the header it writes the browser's address in, such as `x-forwarded-for`. Left out, no header
     * is believed.
     */
    ADDRESS_HEADER: z
      .string()
      .toLowerCase()
      .regex(/^[a-z][a-z0-9-]*$/)
      .optional(),
    URL_IDENTITY: Origin.default('http://127.0.0.1:4001'),
    URL_MARKETPLACE: Origin.default('http://127.0.0.1:4003'),
    URL_MATCHING: Origin.default('http://127.0.0.1:4004'),
    URL_ARRANGEMENTS: Origin.default('http://127.0.0.1:4005'),
  })
  .transform(({ HOST, PORT, ORIGIN, ADDRESS_HEADER, ...urls }) => ({
    host: HOST,
    port: PORT,
    origin: ORIGIN ?? `http://${HOST}:${PORT}`,
    addressHeader: ADDRESS_HEADER,
    services: {
      identity: urls.URL_IDENTITY,
      marketplace: urls.URL_MARKETPLACE,
      matching: urls.URL_MATCHING,
      arrangements: urls.URL_ARRANGEMENTS,
    },
  }))

export type Config = z.output<typeof Environment>

/** The settings of this process; throws one sentence per setting that does not fit, never its value. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Readonly<Config> {
  const parsed = Environment.safeParse(environment)
  if (parsed.success) return Object.freeze(parsed.data)
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`web is not configured: ${problems.join('; ')}`)
}

/**
 * What an operator has left out and will be sorry for, in a sentence; null when there is nothing. This process speaks no TLS, so
 * that an address with it means a proxy in front.
 */
export function unsaid({ origin, addressHeader }: Config): string | null {
  if (!origin.startsWith('https:') || addressHeader !== undefined) return null
  return 'ADDRESS_HEADER is not set: all browsers seem to be in one place, the proxy, and whoever guesses passwords there shuts everybody out'
}

export const config = readConfig(process.env)
