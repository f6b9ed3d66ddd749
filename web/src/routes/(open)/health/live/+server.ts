import type { RequestHandler } from './$types'

/** The process answers. Whether the services behind it do is theirs to say. */
export const GET: RequestHandler = () => Response.json({ status: 'ok' })
