import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { freePort, portMessage, whatKeepsFrom } from './ports.ts'

test('a port that another program has is told from one this user may not have', async () => {
  const port = await freePort()
  expect(await whatKeepsFrom(port)).toBeNull()
  const other = createServer().listen(port, '127.0.0.1')
  await once(other, 'listening')
  const reason = await whatKeepsFrom(port)
  other.close()
  expect(portMessage('web', port, reason ?? '')).toMatch(/is taken by another program.*PORT_WEB=\d+ npm start$/)
  expect(portMessage('web', 80, 'EACCES')).toBe(
    'Port 80 (web) may not be used by this user. Start as root, or use another port: PORT_WEB=4080 npm start',
  )
})

test('a port of an address that is not ours is neither free nor taken', async () => {
  const reason = await whatKeepsFrom(await freePort(), '192.0.2.1')
  expect(portMessage('matching', 4004, reason ?? '')).toContain('cannot be used (EADDRNOTAVAIL)')
})

test.each(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'])(
  'of the web its address is told, and not its port: %s',
  (reason) => {
    expect(portMessage('web', 4000, reason)).toContain('which is no address of this machine')
  },
)
