import type { RequestHandler } from './$types'

/** Ready to take requests: the web holds nothing of its own, and says on each page when a service is away. */
export const GET: RequestHandler = () => Response.json({ status: 'ok' })
