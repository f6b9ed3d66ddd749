import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'

/**
 * The bare alternative: the same SQL through `pg` behind a Hono handler, and nothing else. It runs in a process of its own, as
 * the service does, with as many connections. Statements come as JSON in BARE_STATEMENTS: text and values, where the
 * value "$key" is taken from the query string.
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
  const key = c.req.query('key')
  const { rows } = await pool.query(
    statement.text,
    statement.values.map((value) => bind(value, key)),
  )
  return c.json(rows)
})
app.post('/insert', async (c) => {
  const details: unknown = await c.req.json()
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query('insert into bare_offer (organisation_id, details) values ($1, $2)', [
      c.req.query('key'),
      JSON.stringify(details),
    ])
    await client.query('commit')
  } finally {
    client.release()
  }
  return c.json({ done: true })
})

function bind(value: unknown, key: string | undefined): unknown {
  if (value === '$key') return key
  return Array.isArray(value) ? value.map((part) => bind(part, key)) : value
}

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(BARE_PORT) }, () => process.send?.('ready'))
