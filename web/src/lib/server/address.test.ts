import { expect, test } from 'vitest'
import { addressOf } from './address.ts'

const socket = { remoteAddress: '192.0.2.1' }
const written = { 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' }

test('without a proxy no header says where a browser is', () => {
  expect(addressOf({ headers: written, socket }, undefined)).toBe('192.0.2.1')
})

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['203.0.113.9, 198.51.100.7', '198.51.100.7'],
  ['203.0.113.9,,198.51.100.7 ', '198.51.100.7'],
  ['', '192.0.2.1'],
  [undefined, '192.0.2.1'],
])('of %j the last is the word of the proxy, and the rest was written by whoever asks', (told, address) => {
  expect(addressOf({ headers: { ...written, 'x-seen-by-proxy': told }, socket }, 'x-seen-by-proxy')).toBe(address)
})
