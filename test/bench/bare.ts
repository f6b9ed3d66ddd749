import { randomUUID } from 'node:crypto'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

/**
 * The bare alternative: the same SQL through `pg` behind a Hono handler, and nothing else. It runs in a process of its own, as
 * the service does, with as many connections. Statements come as JSON in BARE_STATEMENTS: text and values, where the
 * value "$key" is taken from the query string, "$body" from the body, and "$new" is a fresh id.
 */
type Statement = { text: string; values: unknown[] }
const { BARE_URL, BARE_PORT, BARE_STATEMENTS } = process.env
if (!BARE_URL || !BARE_PORT || !BARE_STATEMENTS) throw new Error('this is started by the bench')
const statements: Record<string, Statement> = JSON.parse(BARE_STATEMENTS)
const pool = new pg.Pool({ connectionString: BARE_URL, max: 10 })

const app = new Hono()
app.get('/read/:name', async (c) => {
  const statement = statements[c.req.param('name')]
  if (!statement) return c.notFound()
  const { rows } = await pool.query(statement.text, bind(statement.values, { $key: c.req.query('key') }))
  return c.json(rows)
})
app.post('/insert/:name', async (c) => {
  const statement = statements[c.req.param('name')]
  if (!statement) return c.notFound()
  const body: unknown = await c.req.json()
  const given = { $key: c.req.query('key'), $body: JSON.stringify(body), $new: randomUUID() }
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(statement.text, bind(statement.values, given))
    await client.query('commit')
  } finally {
    client.release()
  }
  return c.json({ done: true })
})

function bind(values: readonly unknown[], given: Readonly<Record<string, unknown>>): unknown[] {
  return values.map((value) => {
    if (Array.isArray(value)) return bind(value, given)
    return typeof value === 'string' && value in given ? given[value] : value
  })
}

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(BARE_PORT) }, () => process.send?.('ready'))
